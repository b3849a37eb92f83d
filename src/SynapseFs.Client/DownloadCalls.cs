using SynapseFs.Api;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>The bytes behind file handles. All throw <see cref="SynapseException"/>.</summary>
public sealed class DownloadCalls
{
    private readonly ApiTransport _transport;
    private readonly StorageReader _reader;
    private readonly UrlLeases _leases;
    private readonly LengthFinder _lengths;

    internal DownloadCalls(ApiTransport transport, StorageReader reader, UrlLeases leases, LengthFinder lengths)
    {
        _transport = transport;
        _reader = reader;
        _leases = leases;
        _lengths = lengths;
    }

    /// <summary>
    /// What Synapse knows of bytes that are about to be read. It asks for their address, which counts as a download, and the reading that
    /// follows uses that; so it costs no call of its own.
    /// </summary>
    public async Task<ToldContent> PrepareAsync(
        FileHandleAssociation association, RequestPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(association);
        var lease = await _leases.GetAsync(association, priority, cancellationToken);
        return new ToldContent(lease.Length, lease.Md5);
    }

    /// <summary>
    /// The bytes from <paramref name="offset"/> on, <paramref name="length"/> of them or, if null, to the end, as they arrive. The
    /// first connection is made before this returns, so a refusal comes from here. The stream then mends itself: after a broken,
    /// stalled or short transfer it goes on where it was with a fresh address. It ends early only where the content itself ends.
    /// Reading may throw <see cref="SynapseException"/>. Dispose it: it holds one of the storage's transfer slots.
    /// </summary>
    public Task<Stream> OpenRangeAsync(
        FileHandleAssociation association, long offset, long? length, RequestPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(association);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0);
        return _reader.OpenAsync(association, offset, length, priority, cancellationToken);
    }

    /// <summary>
    /// Bytes of a content at a registered address whose length Synapse does not know, as its server tells it; null where it does not, or
    /// cannot be asked just now. No call to Synapse, and no download.
    /// </summary>
    public Task<long?> FindLengthAsync(FileHandle handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return _lengths.FindAsync(handle, cancellationToken);
    }

    /// <summary>
    /// File handles without addresses, which is no download; in the order asked for, with a failure code where one is refused. Asks
    /// in groups of 100.
    /// </summary>
    public async Task<IReadOnlyList<FileResult>> GetFileHandlesAsync(
        IReadOnlyList<FileHandleAssociation> associations, RequestPriority priority, CancellationToken cancellationToken)
    {
        var results = new List<FileResult>();
        foreach (var group in associations.Chunk(100))
        {
            var call = new ApiCall(HttpMethod.Post, SynapseService.File, "/fileHandle/batch", "/fileHandle/batch", priority).With(
                new BatchFileRequest
                {
                    RequestedFiles = group,
                    IncludeFileHandles = true,
                    IncludePreSignedURLs = false,
                    IncludePreviewPreSignedURLs = false
                },
                ApiJson.Default.BatchFileRequest);
            results.AddRange((await _transport.SendAsync(call, ApiJson.Default.BatchFileResult, cancellationToken)).RequestedFiles);
        }
        return results;
    }
}
