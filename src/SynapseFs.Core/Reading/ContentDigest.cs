using System.Buffers;
using System.Security.Cryptography;
using SynapseFs.Store;

namespace SynapseFs.Core.Reading;

/// <summary>
/// The MD5 of one content, kept up along its contiguous beginning while blocks land, so that the end of a long download does not
/// stall. Remembers the checksum of every block it took in: a block replaced afterwards begins the sum anew.
/// </summary>
/// <param name="lead">
/// Bytes that a reader may be ahead of the sum: what the end of the content waits for at most, and what is hashed while it is still in memory.
/// </param>
internal sealed class ContentDigest(StoredContent stored, long lead = 64 << 20) : IDisposable
{
    private const int BlocksATelling = 16;

    private readonly Lock _lock = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly List<ulong> _taken = [];
    private int _isAdvancing;
    private long _reached;
    private TaskCompletionSource? _progress;

    /// <summary>
    /// Takes in what has landed since, beside the caller, who has bytes to fetch that somebody waits for; null when that goes on already.
    /// The task never fails.
    /// </summary>
    public Task? Advance(CancellationToken cancellationToken) => Interlocked.Exchange(ref _isAdvancing, 1) == 0
        ? Task.Run(() => AdvanceOnce(cancellationToken), CancellationToken.None)
        : null;

    /// <summary>Bytes taken in, from the beginning on.</summary>
    public long Reached => Volatile.Read(ref _reached);

    /// <summary>
    /// Whether the sum is going on and a reader there should let it come nearer. One that is further ahead still has not read up to there
    /// in sequence.
    /// </summary>
    public bool IsFarBehind(long offset) =>
        Volatile.Read(ref _isAdvancing) != 0 && offset - Reached is var ahead && ahead > lead && ahead < 2 * lead;

    /// <summary>Waits while that is so.</summary>
    public async Task CatchUpAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked for before looking, or it might be told in between and never again.
            var progress = Progress();
            if (!IsFarBehind(offset))
                return;
            await progress.WaitAsync(cancellationToken);
        }
    }

    private void AdvanceOnce(CancellationToken cancellationToken)
    {
        try
        {
            lock (_lock)
                AdvanceLocked(cancellationToken);
        }
        catch (Exception failure) when (failure is OperationCanceledException or StoreException)
        {
            // Whoever finishes the sum goes on from here.
        }
        finally
        {
            Volatile.Write(ref _isAdvancing, 0);
            TellProgress();
        }
    }

    /// <summary>The MD5 in lower-case hex, or null when a block is missing.</summary>
    public string? Finish(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!IsTakenAsCachedLocked())
                ResetLocked();
            AdvanceLocked(cancellationToken);
            return _taken.Count == stored.BlockCount && IsTakenAsCachedLocked()
                ? Convert.ToHexStringLower(_hash.GetCurrentHash())
                : null;
        }
    }

    public void Reset()
    {
        lock (_lock)
            ResetLocked();
    }

    public void Dispose()
    {
        lock (_lock)
            _hash.Dispose();
    }

    private void AdvanceLocked(CancellationToken cancellationToken)
    {
        if (_taken.Count == stored.BlockCount || !stored.IsPresent(_taken.Count))
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(stored.BlockSize);
        try
        {
            while (_taken.Count < stored.BlockCount && TakeLocked(_taken.Count, buffer))
                cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TakeLocked(long block, byte[] buffer)
    {
        var length = stored.BlockLength(block);
        if (stored.Checksum(block) is not { } checksum || stored.Read(block, 0, buffer.AsSpan(0, length)) != length
            || stored.Checksum(block) != checksum)
            return false;
        _hash.AppendData(buffer, 0, length);
        _taken.Add(checksum);
        Volatile.Write(ref _reached, _taken.Count * (long)stored.BlockSize);
        if (_taken.Count % BlocksATelling == 0)
            TellProgress();
        return true;
    }

    private Task Progress()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _progress, fresh, null) ?? fresh).Task;
    }

    private void TellProgress() => Interlocked.Exchange(ref _progress, null)?.TrySetResult();

    private bool IsTakenAsCachedLocked()
    {
        for (var block = 0; block < _taken.Count; block++)
        {
            if (stored.Checksum(block) != _taken[block])
                return false;
        }

        return true;
    }

    private void ResetLocked()
    {
        _hash.GetHashAndReset();
        _taken.Clear();
        Volatile.Write(ref _reached, 0);
    }
}
