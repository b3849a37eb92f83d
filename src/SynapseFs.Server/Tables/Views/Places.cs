using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Views;

/// <summary>What all entities directly in a container have in common, as far as views show it.</summary>
/// <param name="Benefactor">Of those without an ACL of their own.</param>
/// <param name="Project">The project that they belong to; none for projects.</param>
/// <param name="Path">Names from the project down, with slashes between; empty above projects.</param>
internal sealed record Place(long Benefactor, long? Project, string Path);

/// <summary>The places of containers, each looked up once. To be used within a transaction.</summary>
internal sealed class Places(Nodes nodes)
{
    private readonly Dictionary<long, Place?> _known = [];

    /// <summary>The places found so far, without what is gone or in the trash.</summary>
    public IReadOnlyDictionary<long, Place> Known =>
        _known.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);

    /// <summary>Null: the container is gone or lies in the trash.</summary>
    public Place? Of(long container)
    {
        if (!_known.TryGetValue(container, out var place))
        {
            place = Find(container);
            _known.Add(container, place);
        }

        return place;
    }

    private Place? Find(long container)
    {
        var lineage = nodes.Lineage(container);
        if (!lineage.Exists || lineage.IsInTrash || container == EntityIds.Trash)
        {
            return null;
        }

        var names = lineage.Steps.Where(step => step.Id != EntityIds.Root).Select(step => step.Name).Reverse();
        var project = lineage.Steps.FirstOrDefault(step => step.Kind == EntityKind.Project);
        return new Place(lineage.Benefactor, project?.Id, string.Join('/', names));
    }
}
