using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Folders;
using SynapseFs.Entities.Projects;

namespace SynapseFs.Entities.Links;

/// <summary>Finds out where a link's target lies: inside this mount or outside, readable or not.</summary>
internal sealed class LinkResolver(
    SynapseClient client, RemoteNode root, OwnProjects projects, ChildFinder finder, EntityNames names)
{
    /// <returns>A path from the mount's root, beginning with '/'.</returns>
    public async Task<string> ResolveAsync(Reference? reference, Urgency urgency, CancellationToken cancellationToken)
    {
        if (!SynapseEntityId.TryParse(reference?.TargetId, out var parsed))
            return LinkTarget.Nowhere;
        var target = parsed with { Version = reference?.TargetVersionNumber ?? parsed.Version };
        var found = await client.Entities.GetPathAsync(target.Id, urgency.ToPriority(), cancellationToken).OrNullAsync(target.Id);
        if (found is not { Path: { Count: > 0 } path })
            return LinkTarget.ById(target, kind: null);
        var kind = EntityKinds.ForType(path[^1].Type);
        if (target.Version is not null && !EntityKinds.IsContainer(kind))
            return LinkTarget.ById(target, kind);
        return await InsideAsync(path, kind, urgency, cancellationToken) ?? LinkTarget.ById(target, kind);
    }

    private async Task<string?> InsideAsync(
        IReadOnlyList<EntityHeader> path, NodeKind kind, Urgency urgency, CancellationToken cancellationToken)
    {
        var first = await FirstBelowRootAsync(path, urgency, cancellationToken);
        if (first is null)
            return null;
        var below = path.Skip(first.Value).ToList();
        var isTaken = kind == EntityKinds.Document && path.Count > 1 && path[^2].Id is { } parent
            && await finder.FindRivalAsync(parent, path[^1].Name ?? "", urgency, cancellationToken) is not null;
        return LinkTarget.Inside(below, isTaken, names);
    }

    private async Task<int?> FirstBelowRootAsync(
        IReadOnlyList<EntityHeader> path, Urgency urgency, CancellationToken cancellationToken)
    {
        var isAllProjects = root.Kind == EntityKinds.Projects;
        for (var index = 0; index < path.Count; index++)
        {
            if (!isAllProjects && path[index].Id == root.RemoteId)
                return index + 1;
            if (isAllProjects && path[index].Type == SynapseTypes.Project
                && await projects.ContainsAsync(path[index].Id ?? "", urgency, cancellationToken))
                return index;
        }
        return null;
    }
}
