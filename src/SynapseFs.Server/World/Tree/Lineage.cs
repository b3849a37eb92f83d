using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.Tree;

internal sealed record Ancestor(long Id, string Name, EntityKind Kind, bool HasAcl);

/// <summary>A node and what is above it, the node itself first.</summary>
internal sealed record Lineage(IReadOnlyList<Ancestor> Steps)
{
    public bool Exists => Steps.Count > 0;

    public bool IsInTrash => Steps.Count > 1 && Steps[^1].Id == EntityIds.Trash;

    /// <summary>What the parent has above it and itself.</summary>
    public Lineage Above => new([.. Steps.Skip(1)]);

    /// <summary>The nearest that owns an ACL: every permission is read there.</summary>
    public long Benefactor => Steps.First(step => step.HasAcl).Id;

    public bool IsBenefactor => Steps[0].HasAcl;
}
