using System.Runtime.InteropServices;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>The bytes of one described document: from memory, else asked for again.</summary>
/// <param name="id">What it is about, for people.</param>
/// <param name="read">Asks for it as it is now.</param>
internal sealed class DocumentContent(
    string id, ContentKey key, long? length, RecentDocuments recent, Func<Urgency, CancellationToken, Task<EntityDocument>> read)
    : RemoteContent
{
    public bool IsRemote { get; init; } = true;

    public override bool AsksRemotely => IsRemote;

    public override long? Length => length;

    public override async Task<Stream> OpenRangeAsync(long offset, long? length, Urgency urgency, CancellationToken cancellationToken)
    {
        var bytes = (await GetAsync(urgency, cancellationToken)).Bytes;
        var start = (int)Math.Min(offset, bytes.Length);
        var count = (int)Math.Min(length ?? long.MaxValue, bytes.Length - start);
        var segment = MemoryMarshal.TryGetArray(bytes, out var array) ? array : new ArraySegment<byte>(bytes.ToArray());
        return new MemoryStream(segment.Array!, segment.Offset + start, count, writable: false);
    }

    private async Task<EntityDocument> GetAsync(Urgency urgency, CancellationToken cancellationToken)
    {
        if (recent.TryGet(key, out var remembered))
            return remembered;
        var document = await read(urgency, cancellationToken).ForAsync(id);
        if (document.Md5 != key.Md5)
            throw new FsException(FsError.Stale, $"{id} has changed since it was described.");
        recent.Add(key, document);
        return document;
    }
}
