using System.Collections;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Holds one content against its MD5 when it is complete. A mismatch drops everything and fetches once more; open files that had
/// been given bytes which then turn out different are poisoned. A second mismatch refuses the content to all who have it open.
/// With <c>sumsAlong</c> the sum is kept up while blocks land, so that whoever waits for the verdict does so for little of it.
/// </summary>
internal sealed class ContentVerification(
    StoredContent stored, BlockFetcher fetcher, FetchDoor door, WholeContents whole, bool sumsAlong, Action<InodeNumber> contentWasWrong,
    CancellationToken closed)
    : IAsyncDisposable
{
    // Blocks whose disk copy is damaged each time they have landed are not fetched for ever.
    private const int MostAttempts = 4;

    private readonly ContentDigest _digest = new(stored);
    private readonly SharedCalls<ContentKey, bool> _verifications = new(closed);
    private readonly Lock _lock = new();
    private readonly List<OpenFile> _files = [];
    // Also of handles that are closed: the kernel keeps their pages.
    private readonly HashSet<InodeNumber> _inodesServed = [];
    private BitArray? _served;
    private Dictionary<long, ulong?> _servedChecksums = [];
    private volatile bool _hasFailed;
    private volatile bool _isSuspect;
    private readonly RunningTasks _advancing = new();
    private Task _background = Task.CompletedTask;

    /// <summary>Done unless it is just being verified though nobody waits for that; never fails.</summary>
    public Task Verdict
    {
        get
        {
            lock (_lock)
                return _background;
        }
    }

    /// <summary>Fetched twice, wrong twice.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Found wrong once; nothing is served until it is verified.</summary>
    public bool IsSuspect => _isSuspect;

    public void Attach(OpenFile file)
    {
        lock (_lock)
            _files.Add(file);
    }

    public void Detach(OpenFile file)
    {
        lock (_lock)
            _files.Remove(file);
    }

    /// <summary>Notes that a reader is given bytes before the whole is verified; false when it has just been found wrong.</summary>
    public bool MarkServed(OpenFile file, BlockRange blocks)
    {
        if (stored.IsVerified)
            return true;
        lock (_lock)
        {
            if (_isSuspect || _hasFailed)
                return false;
            file.HasReadUnverified = true;
            _inodesServed.Add(file.Inode);
            _served ??= new BitArray((int)stored.BlockCount);
            for (var block = blocks.First; block < blocks.End; block++)
                _served[(int)block] = true;
            return true;
        }
    }

    /// <summary>A block has landed: keeps the sum going, and verifies once the last one is there.</summary>
    public void Landed()
    {
        if (!stored.IsComplete)
        {
            if (sumsAlong && _digest.Advance(closed) is { } advancing)
                _advancing.Add(advancing);
            return;
        }

        lock (_lock)
        {
            if (_background.IsCompleted && !_hasFailed)
                _background = VerifyUnaskedAsync();
        }
    }

    /// <summary>Fetches what is missing and verifies the whole, once for all who wait.</summary>
    /// <exception cref="FsException">InputOutput when it is wrong for good; what a fetch throws otherwise.</exception>
    public Task VerifyAsync(CancellationToken cancellationToken) =>
        _verifications.JoinAsync(stored.Key, VerifyOnceAsync, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _verifications.WhenIdleAsync();
        await _background;
        await _advancing.WhenIdleAsync();
        _digest.Dispose();
    }

    private async Task VerifyUnaskedAsync()
    {
        try
        {
            await VerifyAsync(closed);
        }
        catch (Exception failure) when (failure is FsException or StoreException or OperationCanceledException)
        {
            // It is logged where it happens, and whoever reads hears of it.
        }
    }

    private async Task<bool> VerifyOnceAsync(CancellationToken cancellationToken)
    {
        // Never on the thread of whoever asked or of the fetch that just ended: hashing takes long.
        await Task.Yield();
        ThrowIfFailed();
        if (!_isSuspect)
        {
            if (stored.IsVerified || await MatchesAsync(cancellationToken))
                return Verified();
            Log.ContentMismatch(door.Logger, stored.Key.Id);
            fetcher.Source?.WasWrong();
            Suspect();
            if (HasNoReaders)
                return Forgotten();
        }

        // Also where a former attempt left off when its fetch failed or everybody who waited had gone.
        if (await MatchesAsync(cancellationToken))
        {
            PoisonThoseMisled();
            return Verified();
        }

        Refuse();
        ThrowIfFailed();
        return false;
    }

    private bool HasNoReaders
    {
        get
        {
            lock (_lock)
                return _files.Count == 0;
        }
    }

    private async Task<bool> MatchesAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            for (var block = 0L; block < stored.BlockCount; block++)
            {
                if (await fetcher.GetAsync(block, new BlockRange(block, stored.BlockCount), cancellationToken) is not null)
                    throw new FsException(FsError.NoSpace, $"No room on the local disk to verify content {stored.Key.Id}.");
            }

            // Null: a block's disk copy turned out damaged on the way; it has been dropped and is fetched again.
            if (_digest.Finish(cancellationToken) is { } md5)
                return md5 == stored.Key.Md5;
        }

        throw new FsException(FsError.InputOutput, $"Content {stored.Key.Id} cannot be kept on the local disk undamaged.");
    }

    private bool Verified()
    {
        if (!stored.IsVerified)
        {
            stored.MarkVerified();
            whole.Completed(stored.Key, stored.Length, fetcher.Source);
        }

        _isSuspect = false;
        lock (_lock)
            _served = null;
        return true;
    }

    // From here on nothing of it is served; what was served is remembered by checksum, to be compared with the second copy.
    private void Suspect()
    {
        lock (_lock)
        {
            _isSuspect = true;
            _servedChecksums = ServedLocked().ToDictionary(block => block, stored.Checksum);
            stored.DropAll();
            _digest.Reset();
        }
    }

    private IEnumerable<long> ServedLocked()
    {
        for (var block = 0; block < _served?.Length; block++)
        {
            if (_served[block])
                yield return block;
        }
    }

    private void PoisonThoseMisled()
    {
        if (_servedChecksums.Any(block => stored.Checksum(block.Key) != block.Value))
            TellMisled();
    }

    // Nobody has it open any more: whoever opens it next fetches it anew.
    private bool Forgotten()
    {
        if (_servedChecksums.Count > 0)
            TellMisled();
        _isSuspect = false;
        return false;
    }

    private void TellMisled()
    {
        // For those who have closed it since, and get no error.
        door.Note($"Content {stored.Key.Id} came with bytes that do not have its MD5, and some were read before that was known: read it again.");
        Poison();
    }

    private void Refuse()
    {
        Log.ContentRefused(door.Logger, stored.Key.Id);
        door.Note($"Content {stored.Key.Id} came twice with bytes that do not have its MD5; it was refused and nothing of it is kept.");
        lock (_lock)
        {
            _hasFailed = true;
            stored.DropAll();
            _digest.Reset();
        }

        Poison();
    }

    private void Poison()
    {
        List<OpenFile> misled;
        List<InodeNumber> inodes;
        lock (_lock)
        {
            misled = [.. _files.Where(file => file.HasReadUnverified)];
            inodes = [.. _inodesServed];
        }

        if (misled.Count > 0)
            Log.HandlesPoisoned(door.Logger, stored.Key.Id, misled.Count);
        foreach (var file in misled)
            file.Poison();
        foreach (var inode in inodes)
            contentWasWrong(inode);
    }

    private void ThrowIfFailed()
    {
        if (_hasFailed)
            throw new FsException(FsError.InputOutput, $"Content {stored.Key.Id} does not have the bytes that its MD5 promises.");
    }
}
