using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Folders;

/// <summary>A project or a folder: a directory of entities.</summary>
internal sealed class ContainerProvider(
    NodeKind kind, SynapseClient client, EntityReader reader, EntityDescriber describer, ChildFinder finder, EntityNames names)
    : EntityProvider(reader, describer)
{
    public override NodeKind Kind => kind;

    public override NodeType Type => NodeType.Directory;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var headers = new List<EntityHeader>();
        string? token = null;
        do
        {
            var page = await GetPageAsync(ByName(directory) with { NextPageToken = token }, urgency, cancellationToken);
            headers.AddRange(page.Page);
            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
        return ShownChildren.Of(headers, names);
    }

    public override async Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(
        RemoteNode directory, Urgency urgency, CancellationToken cancellationToken)
    {
        var page = await GetPageAsync(ByName(directory), urgency, cancellationToken);
        return string.IsNullOrEmpty(page.NextPageToken) ? ShownChildren.Of(page.Page, names) : null;
    }

    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var request = Request(directory) with { SortBy = "MODIFIED_ON", SortDirection = "DESC", IncludeTotalChildCount = true };
        return ChildrenProbe.IsUnchanged(await GetPageAsync(request, urgency, cancellationToken), known, names);
    }

    public override Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken) =>
        finder.FindAsync(directory.RemoteId, name, urgency, cancellationToken);

    private Task<EntityChildrenResponse> GetPageAsync(
        EntityChildrenRequest request, Urgency urgency, CancellationToken cancellationToken) =>
        client.Children.GetPageAsync(request, urgency.ToPriority(), cancellationToken).ForAsync(request.ParentId ?? "");

    private static EntityChildrenRequest ByName(RemoteNode directory) => Request(directory) with { SortBy = "NAME", SortDirection = "ASC" };

    private static EntityChildrenRequest Request(RemoteNode directory) =>
        new() { ParentId = directory.RemoteId, IncludeTypes = EntityKinds.ListedTypes };
}
