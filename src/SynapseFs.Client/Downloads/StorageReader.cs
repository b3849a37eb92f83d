using System.Net;
using SynapseFs.Api;
using SynapseFs.Client.Elsewhere;
using SynapseFs.Client.Governing;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>
/// Opens connections to wherever contents lie: waits for a slot, takes a lease, asks for the range and checks what comes.
/// </summary>
internal sealed class StorageReader(TransportParts parts, UrlLeases leases, StoragesElsewhere elsewhere, SynapseClientOptions options)
{
    private readonly WebStorage _web = new(parts.Connections);

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
    /// <param name="leased">Told where it is read from, before that is tried.</param>
    /// <exception cref="AddressRefusedException">403: the address may have run out.</exception>
    public async Task<StorageConnection?> ConnectAsync(
        FileHandleAssociation association, long position, long? end, RequestPriority priority, Action<ContentPlace> leased,
        CancellationToken cancellationToken)
    {
        // Asked for before the turn comes, so that files read at the same time share one call.
        var lease = await leases.GetAsync(association, priority, cancellationToken);
        var turn = parts.StorageGovernor.EnterAsync(priority, cancellationToken);
        var waited = !turn.IsCompleted;
        var slot = await turn;
        var guard = new StallGuard(options.StallTimeout, parts.Time);
        StorageConnection? connection = null;
        try
        {
            // It may have run out in the meantime.
            if (waited)
                lease = await leases.GetAsync(association, priority, cancellationToken);
            leased(lease.Place);
            return connection = lease.Place is SftpAddress sftp
                ? await ReadFileAsync(sftp, position, slot, guard, cancellationToken)
                : await ReadWebAsync(association, lease, position, end, slot, guard, cancellationToken);
        }
        finally
        {
            if (connection is null)
            {
                guard.Dispose();
                slot.Dispose();
            }
        }
    }

    private async Task<StorageConnection?> ReadFileAsync(
        SftpAddress place, long position, GovernorSlot slot, StallGuard guard, CancellationToken cancellationToken)
    {
        var opened = await guard.WatchAsync(token => elsewhere.SftpFiles.OpenAsync(place.Address, position, token), cancellationToken);
        return opened is null ? null : new StorageConnection(slot, opened.Body, opened.Body, opened.Range, guard);
    }

    private async Task<StorageConnection?> ReadWebAsync(
        FileHandleAssociation association, UrlLease lease, long position, long? end, GovernorSlot slot, StallGuard guard,
        CancellationToken cancellationToken)
    {
        var address = AddressOf(lease.Place);
        var response = await guard.WatchAsync(
            token => new ValueTask<HttpResponseMessage>(_web.GetAsync(address, position, end, token)), cancellationToken);
        StorageConnection? connection = null;
        try
        {
            if (EndsBefore(response, position))
                return null;
            await RefuseAsync(association, lease, response, guard, cancellationToken);
            var range = RangeAnswer.Read(response.StatusCode, response.Content.Headers, position, end ?? lease.Length);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return connection = new StorageConnection(slot, response, body, range, guard)
            {
                StoredLength = lease.Length,
                Tag = response.Headers.ETag,
            };
        }
        finally
        {
            if (connection is null)
                response.Dispose();
        }
    }

    private Uri AddressOf(ContentPlace place) => place switch
    {
        SignedAddress signed => signed.Address,
        WebAddress web => web.Address,
        StoredObject stored => elsewhere.Objects.SignGet(stored),
        _ => throw new SynapseException(SynapseFailure.NotSupported, $"What lies at {place.Host} cannot be read."),
    };

    private async Task RefuseAsync(
        FileHandleAssociation association, UrlLease lease, HttpResponseMessage response, StallGuard guard,
        CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status < 400)
            return;
        var code = await guard.WatchAsync(token => new ValueTask<string>(StorageErrors.ReadCodeAsync(response, token)), cancellationToken);
        if (lease.Place is StoredObject stored && status is 400 or 401 or 403)
            throw elsewhere.Objects.Refused(stored, status, code);
        if (lease.Place is WebAddress && status is 401 or 403 or 407)
            throw new SynapseException(SynapseFailure.StorageRefused,
                $"The server {lease.Place.Host} does not hand out file handle {association.FileHandleId} without credentials of its own "
                    + $"({status}): fetch it there, or ask whoever registered it.", status);
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
}
