using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Holds one content against its MD5 when it is complete. Wrong once: everything is dropped and, where somebody has it open, fetched once
/// more. Wrong twice: it is refused to all who have it open. What becomes of those who were given bytes is the matter of
/// <see cref="UnverifiedReaders"/>. With <c>sumsAlong</c> the sum is kept up while blocks land, so that whoever waits for the verdict does so
/// for little of it.
/// </summary>
internal sealed class ContentVerification(
    StoredContent stored, BlockFetcher fetcher, FetchDoor door, WholeContents whole, DoubtfulContents doubts, UnverifiedReaders readers,
    bool sumsAlong, CancellationToken closed)
    : IAsyncDisposable
{
    // Blocks whose disk copy is damaged each time they have landed are not fetched for ever.
    private const int MostAttempts = 4;

    private readonly ContentDigest _digest = new(stored);
    private readonly SharedCalls<ContentKey, bool> _verifications = new(closed);
    private readonly Lock _lock = new();
    private volatile bool _hasFailed;
    private bool _wasReadWhole;
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

    /// <summary>Whether a reader there is so far ahead of the sum that it should let that come nearer first.</summary>
    public bool IsFarBehind(long offset) => _digest.IsFarBehind(offset);

    /// <summary>Waits while that is so.</summary>
    public Task CatchUpAsync(long offset, CancellationToken cancellationToken) => _digest.CatchUpAsync(offset, cancellationToken);

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
        // Held back: a former attempt fetched anew when its fetch failed or everybody who waited had gone.
        if (!readers.AreHeldBack)
        {
            if (stored.IsVerified)
                return true;
            if (await MatchesAsync(cancellationToken))
                return Right();
            WrongOnce();
            // Whoever opens it next fetches it.
            if (readers.IsEmpty)
                return Forgotten();
        }

        if (await MatchesAsync(cancellationToken))
            return RightAfterAll();
        WrongTwice();
        ThrowIfFailed();
        return false;
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

    private bool Right()
    {
        MarkVerified();
        doubts.Settle(stored.Key);
        return true;
    }

    private void MarkVerified()
    {
        stored.MarkVerified();
        whole.Completed(stored.Key, stored.Length, fetcher.Source);
        readers.LetGo();
    }

    private void WrongOnce()
    {
        Log.ContentMismatch(door.Logger, stored.Key.Id);
        fetcher.Source?.WasWrong();
        readers.HoldBack();
        _wasReadWhole = doubts.FoundWrong(stored, readers);
        Drop();
    }

    private bool Forgotten()
    {
        if (readers.WereGivenBytes || _wasReadWhole)
            TellMisled();
        readers.LetGo();
        return false;
    }

    private bool RightAfterAll()
    {
        if (!readers.AreMisled && !_wasReadWhole)
            return Right();
        TellMisled();
        MarkVerified();
        return true;
    }

    private void WrongTwice()
    {
        Log.ContentRefused(door.Logger, stored.Key.Id);
        doubts.Refused(stored, readers);
        _hasFailed = true;
        Drop();
        readers.Poison();
    }

    private void TellMisled()
    {
        // For those who have closed it since, and get no error.
        doubts.Misled(stored, readers);
        readers.Poison();
    }

    private void Drop()
    {
        stored.DropAll();
        _digest.Reset();
    }

    private void ThrowIfFailed()
    {
        if (_hasFailed)
            throw new FsException(FsError.InputOutput, $"Content {stored.Key.Id} does not have the bytes that its MD5 promises.");
    }
}
