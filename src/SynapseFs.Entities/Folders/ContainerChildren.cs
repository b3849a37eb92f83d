using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Folders;

/// <summary>What lies in a project or folder.</summary>
internal sealed class ContainerChildren(SynapseClient client, ChildFinder finder, EntityNames names)
{
    public async Task<IReadOnlyList<RemoteChild>> ListAsync(RemoteNode directory, Urgency urgency, CancellationToken cancellationToken) =>
        ShownChildren.Of(await ReadAsync(directory.RemoteId, urgency, cancellationToken), names);

    /// <summary>All headers, a call for each page.</summary>
    public async Task<IReadOnlyList<EntityHeader>> ReadAsync(string id, Urgency urgency, CancellationToken cancellationToken)
    {
        var headers = new List<EntityHeader>();
        string? token = null;
        do
        {
            var page = await GetPageAsync(ByName(id) with { NextPageToken = token }, urgency, cancellationToken);
            headers.AddRange(page.Page);
            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
        return headers;
    }

    public async Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(
        RemoteNode directory, Urgency urgency, CancellationToken cancellationToken)
    {
        var page = await GetPageAsync(ByName(directory.RemoteId), urgency, cancellationToken);
        return string.IsNullOrEmpty(page.NextPageToken) ? ShownChildren.Of(page.Page, names) : null;
    }

    public async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var request = Request(directory.RemoteId) with { SortBy = "MODIFIED_ON", SortDirection = "DESC", IncludeTotalChildCount = true };
        return ChildrenProbe.IsUnchanged(await GetPageAsync(request, urgency, cancellationToken), known, names);
    }

    public Task<RemoteChild?> FindAsync(RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken) =>
        finder.FindAsync(directory.RemoteId, name, urgency, cancellationToken);

    private Task<EntityChildrenResponse> GetPageAsync(
        EntityChildrenRequest request, Urgency urgency, CancellationToken cancellationToken) =>
        client.Children.GetPageAsync(request, urgency.ToPriority(), cancellationToken).ForAsync(request.ParentId ?? "");

    private static EntityChildrenRequest ByName(string id) => Request(id) with { SortBy = "NAME", SortDirection = "ASC" };

    private static EntityChildrenRequest Request(string id) =>
        new() { ParentId = id, IncludeTypes = EntityKinds.ListedTypes };
}
