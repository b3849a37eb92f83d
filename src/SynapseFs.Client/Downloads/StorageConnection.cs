using System.Net.Http.Headers;
using SynapseFs.Client.Governing;

namespace SynapseFs.Client.Downloads;

/// <summary>One answer of the storage while its bytes arrive; holds a transfer slot until disposed.</summary>
/// <param name="answer">What the body belongs to, disposed with it.</param>
internal sealed class StorageConnection(GovernorSlot slot, IDisposable answer, Stream body, RangeAnswer range, StallGuard guard)
    : IDisposable
{
    private readonly byte[] _skipped = range.Skip > 0 ? new byte[64 * 1024] : [];
    private long _toSkip = range.Skip;

    /// <summary>Length of the whole content by this answer, if it tells.</summary>
    public long? Total => range.Total;

    /// <summary>Length of the whole content by Synapse's own record, if it has one.</summary>
    public long? StoredLength { get; init; }

    public EntityTagHeaderValue? Tag { get; init; }

    /// <summary>0 at the end of the answer.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_toSkip > 0)
        {
            var part = _skipped.AsMemory(0, (int)Math.Min(_skipped.Length, _toSkip));
            var skipped = await guard.WatchAsync(token => body.ReadAsync(part, token), cancellationToken);
            if (skipped == 0)
                return 0;
            _toSkip -= skipped;
        }
        return await guard.WatchAsync(token => body.ReadAsync(buffer, token), cancellationToken);
    }

    public void Dispose()
    {
        answer.Dispose();
        guard.Dispose();
        slot.Dispose();
    }
}
