using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>
/// What the caller deleted and may have back, for 30 days. Only the top of what was deleted together stands here. All throw
/// <see cref="SynapseException"/>.
/// </summary>
public sealed class TrashCalls
{
    private readonly ApiTransport _transport;

    internal TrashCalls(ApiTransport transport) => _transport = transport;

    /// <summary>One page, newest first. Read until a page is shorter than the limit; its total is an estimate.</summary>
    public Task<TrashedEntityPage> GetPageAsync(int offset, int limit, RequestPriority priority, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/trashcan/view?offset={offset}&limit={limit}");
        return _transport.SendAsync(ApiCall.Get(SynapseService.Repo, "/trashcan/view", path, priority),
            ApiJson.Default.TrashedEntityPage, cancellationToken);
    }

    /// <summary>Back to where it was, under its old name; Conflict when that is taken by now.</summary>
    public Task RestoreAsync(string id, RequestPriority priority, CancellationToken cancellationToken) =>
        PutAsync("/trashcan/restore/{id}", "/trashcan/restore/" + Uri.EscapeDataString(id), priority, cancellationToken);

    /// <summary>Back into another project or folder.</summary>
    public Task RestoreAsync(string id, string parentId, RequestPriority priority, CancellationToken cancellationToken) =>
        PutAsync("/trashcan/restore/{id}/{parent}",
            $"/trashcan/restore/{Uri.EscapeDataString(id)}/{Uri.EscapeDataString(parentId)}", priority, cancellationToken);

    /// <summary>For good. What is not in the trash is success.</summary>
    public Task PurgeAsync(string id, RequestPriority priority, CancellationToken cancellationToken) =>
        PutAsync("/trashcan/purge/{id}", "/trashcan/purge/" + Uri.EscapeDataString(id), priority, cancellationToken);

    private Task<ApiAnswer> PutAsync(string route, string path, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(new ApiCall(HttpMethod.Put, SynapseService.Repo, route, path, priority), cancellationToken);
}
