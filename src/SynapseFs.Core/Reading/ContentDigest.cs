using System.Buffers;
using System.Security.Cryptography;
using SynapseFs.Store;

namespace SynapseFs.Core.Reading;

/// <summary>
/// The MD5 of one content, kept up along its contiguous beginning while blocks land, so that the end of a long download does not
/// stall. Remembers the checksum of every block it took in: a block replaced afterwards begins the sum anew.
/// </summary>
internal sealed class ContentDigest(StoredContent stored) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly List<ulong> _taken = [];
    private int _isAdvancing;

    /// <summary>
    /// Takes in what has landed since, beside the caller, who has bytes to fetch that somebody waits for; null when that goes on already.
    /// The task never fails.
    /// </summary>
    public Task? Advance(CancellationToken cancellationToken) => Interlocked.Exchange(ref _isAdvancing, 1) == 0
        ? Task.Run(() => AdvanceOnce(cancellationToken), CancellationToken.None)
        : null;

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
        return true;
    }

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
    }
}
