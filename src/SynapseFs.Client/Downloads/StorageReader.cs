using System.Net;
using System.Net.Http.Headers;
using SynapseFs.Api;
using SynapseFs.Client.Governing;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>Opens connections to the storage: waits for a slot, takes a lease, asks for the range and checks what comes.</summary>
internal sealed class StorageReader(TransportParts parts, UrlLeases leases, SynapseClientOptions options)
{
    private const int LongestRedirection = 5;

    public TransportParts Parts => parts;

    public SynapseClientOptions Options => options;

    public async Task<Stream> OpenAsync(
        FileHandleAssociation association, long offset, long? length, RequestPriority priority, CancellationToken cancellationToken)
    {
        // No bytes, no address: asking for one would count as a download.
        if (length == 0)
            return Stream.Null;
        var stream = new ResumingStream(this, association, offset, offset + length, priority);
        try
        {
            await stream.ConnectAsync(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Null: the content ends at or before <paramref name="position"/>.</summary>
    /// <exception cref="AddressRefusedException">403: the address may have run out.</exception>
    public async Task<StorageConnection?> ConnectAsync(
        FileHandleAssociation association, long position, long? end, RequestPriority priority, CancellationToken cancellationToken)
    {
        // Asked for before the turn comes, so that files read at the same time share one call.
        var lease = await leases.GetAsync(association, priority, cancellationToken);
        var turn = parts.StorageGovernor.EnterAsync(priority, cancellationToken);
        var waited = !turn.IsCompleted;
        var slot = await turn;
        var guard = new StallGuard(options.StallTimeout, parts.Time);
        HttpResponseMessage? response = null;
        try
        {
            // It may have run out in the meantime.
            if (waited)
                lease = await leases.GetAsync(association, priority, cancellationToken);
            response = await guard.WatchAsync(token => new ValueTask<HttpResponseMessage>(SendAsync(lease.Address, position, end, token)),
                cancellationToken);
            if (EndsBefore(response, position))
            {
                Release(slot, guard, response);
                return null;
            }
            await RefuseAsync(association, lease, response, guard, cancellationToken);
            var range = RangeAnswer.Read(response.StatusCode, response.Content.Headers, position, end ?? lease.Length);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new StorageConnection(slot, response, body, range, guard) { StoredLength = lease.Length };
        }
        catch
        {
            Release(slot, guard, response);
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, long position, long? end, CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (position > 0 || end is not null)
                request.Headers.Range = new RangeHeaderValue(position, end - 1);
            var response = await parts.Connections.SendToStorageAsync(request, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return response;
            var next = response.Headers.Location is { } location ? new Uri(address, location) : null;
            response.Dispose();
            if (next is null || hop == LongestRedirection || next.Scheme is not ("http" or "https")
                || (address.Scheme == "https" && next.Scheme == "http"))
                throw new SynapseException(SynapseFailure.Unexpected,
                    $"The server {address.Host} redirects the download in a way that is not followed.");
            address = next;
        }
    }

    private async Task RefuseAsync(
        FileHandleAssociation association, UrlLease lease, HttpResponseMessage response, StallGuard guard,
        CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status < 400)
            return;
        var code = await guard.WatchAsync(token => new ValueTask<string>(StorageErrors.ReadCodeAsync(response, token)), cancellationToken);
        if (status == 403 || code is "ExpiredToken" or "RequestTimeTooSkewed")
        {
            leases.Drop(association, lease);
            throw new AddressRefusedException(code, status);
        }
        if (status is 408 or 429 or >= 500 || code == "RequestTimeout")
            throw new IOException($"the storage answered {status} ({code})");
        throw new SynapseException(status is 404 or 410 ? SynapseFailure.NotFound : SynapseFailure.Unexpected,
            $"The storage refuses the content of file handle {association.FileHandleId} ({status}, {code}).", status, code);
    }

    // Said by 416, or by a server without ranges whose whole content is no longer than what is here already.
    private static bool EndsBefore(HttpResponseMessage response, long position) => response.StatusCode switch
    {
        HttpStatusCode.RequestedRangeNotSatisfiable => response.Content.Headers.ContentRange is not { Length: { } length }
            || position >= length,
        HttpStatusCode.OK => position > 0 && response.Content.Headers.ContentLength <= position,
        _ => false,
    };

    private static void Release(GovernorSlot slot, StallGuard guard, HttpResponseMessage? response)
    {
        response?.Dispose();
        guard.Dispose();
        slot.Dispose();
    }
}
