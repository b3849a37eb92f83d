using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.Tree;

/// <summary>What all versions of an entity share.</summary>
internal sealed record NodeRow
{
    public required long Id { get; init; }
    public long? ParentId { get; init; }
    public required string Name { get; init; }
    public required EntityKind Kind { get; init; }
    public required string Etag { get; init; }
    public string? Alias { get; init; }
    public required long CreatedOn { get; init; }
    public required long CreatedBy { get; init; }
    public required long CurrentVersion { get; init; }
    public required long LastVersion { get; init; }

    /// <summary>Of the current version.</summary>
    public required long ModifiedOn { get; init; }
    public required long ModifiedBy { get; init; }
    public string IdText => EntityIds.Text(Id);
}
