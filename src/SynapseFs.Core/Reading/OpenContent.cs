using Microsoft.Win32.SafeHandles;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// One content in use by any number of open files: answers from its cached blocks at once, waits for those that are missing, and
/// serves nothing whose verification is due. A content without MD5 is served as it comes.
/// </summary>
internal sealed class OpenContent : IAsyncDisposable
{
    // A block may vanish between landing and reading when its disk copy is damaged; then it is fetched again, so often.
    private const int MostAttempts = 4;

    private readonly CancellationTokenSource _closed;
    private readonly BlockFetcher _fetcher;
    private readonly UnverifiedReaders _readers;
    private readonly ContentVerification _verification;
    private readonly StoredContent _stored;
    private readonly MountOptions _options;
    private readonly DoubtfulContents _doubts;
    private volatile bool _isNoted;

    public OpenContent(
        StoredContent stored, FetchDoor door, WholeContents whole, DoubtfulContents doubts, MountOptions options,
        Action<InodeNumber> contentWasWrong, CancellationToken ended)
    {
        _stored = stored;
        _closed = CancellationTokenSource.CreateLinkedTokenSource(ended);
        _options = options;
        _doubts = doubts;
        _fetcher = new BlockFetcher(stored, door, _closed.Token);
        _readers = new UnverifiedReaders(stored, door.Logger, contentWasWrong);
        _verification = new ContentVerification(stored, _fetcher, door, whole, doubts, _readers, VerifiesFirst, _closed.Token);
        _fetcher.Landed = OnLanded;
    }

    public ContentKey Key => _stored.Key;

    public long Length => _stored.Length;

    public int BlockSize => _stored.BlockSize;

    /// <summary>Handles that have it open; guarded by <see cref="OpenContents"/>.</summary>
    public int Files { get; set; }

    /// <summary>Done unless it is just being held against its MD5 though nobody waits for that; never fails.</summary>
    public Task Verdict => _verification.Verdict;

    /// <summary>Whether all is there and right, and only <see cref="WholeContents"/> does not know yet.</summary>
    public bool WantsSeal => _stored.WantsSeal;

    /// <summary>Whether all of it is here and may be read.</summary>
    public bool IsWhole => _stored.IsComplete && !NeedsVerification;

    public bool HasFailed => _verification.HasFailed;

    private bool NeedsVerification => Key.Md5 is not null && !_stored.IsVerified;

    // What is small is verified before its first byte is served; what is large once it is complete, or when it has been found wrong.
    private bool MustVerifyFirst =>
        NeedsVerification && (IsSmall || (_stored.IsComplete && VerifiesFirst) || _readers.AreHeldBack);

    private bool IsSmall => Length <= _options.WholeFetchLimit;

    // Whether its bytes are handed out only once its sum is known to be right, at the end at least.
    private bool VerifiesFirst => IsSmall || _options.VerifiesBeforeEnd || _doubts.HasNoCredit(Key);

    /// <summary>The file with all of its bytes, for a kernel that reads it itself; null while it may not.</summary>
    public SafeFileHandle? BackingFile => HasFailed || NeedsVerification ? null : _stored.SealedFile;

    public void Attach(OpenFile file, RemoteContent source)
    {
        _fetcher.Source = source;
        _readers.Attach(file);
        // Left without a verdict by a mount that ended too early.
        if (!VerifiesFirst)
            CheckLeft();
    }

    /// <summary>Holds it against its MD5 if all of it is here and that was not done yet; <see cref="Verdict"/> tells when that is over.</summary>
    public void CheckLeft()
    {
        if (_stored.IsComplete && NeedsVerification)
            _verification.Landed();
    }

    public void Detach(OpenFile file) => _readers.Detach(file);

    /// <summary>Bytes from <paramref name="offset"/> on; without waiting or allocating when all of them are cached.</summary>
    public ValueTask<int> ReadAsync(OpenFile file, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (offset >= Length || destination.IsEmpty)
            return new ValueTask<int>(0);
        destination = destination[..(int)Math.Min(destination.Length, Length - offset)];
        var ahead = _stored.IsComplete ? default : file.Ahead(offset, destination.Length, _fetcher.HasRoom);
        var isRead = !_verification.IsFarBehind(offset) && TryRead(file, offset, destination.Span);
        // What is read itself is on its way first.
        var read = isRead ? new ValueTask<int>(destination.Length) : ReadSlowAsync(file, offset, destination, ahead.Along, cancellationToken);
        if (isRead)
            FetchAhead(ahead.Along);
        FetchAhead(ahead.Aside);
        return read;
    }

    /// <summary>Fetches and verifies what is missing of all of it, ahead of whoever may want it.</summary>
    /// <exception cref="FsException">As reading.</exception>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        var all = new BlockRange(0, _stored.BlockCount);
        _fetcher.Prefetch(all);
        if (NeedsVerification)
            await _verification.VerifyAsync(cancellationToken);
        for (var block = 0L; block < all.End; block++)
            await _fetcher.GetAsync(block, all, cancellationToken);
    }

    /// <summary>Stops what still runs and lets go of the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _fetcher.WhenIdleAsync();
        await _verification.DisposeAsync();
        _stored.Dispose();
        _closed.Dispose();
    }

    private bool TryRead(OpenFile file, long offset, Span<byte> destination)
    {
        Refuse(file);
        var round = _readers.Round;
        var isUnverified = NeedsVerification;
        if (isUnverified && MustVerifyFirst)
            return false;
        if (_stored.TryReadSealed(offset, destination))
            return true;
        var done = 0;
        while (done < destination.Length)
        {
            var block = (offset + done) / BlockSize;
            var read = _stored.Read(block, (int)((offset + done) % BlockSize), destination[done..]);
            if (read <= 0)
                return false;
            done += read;
        }

        return !isUnverified || MarkServed(file, offset, destination.Length, round);
    }

    // What must be whole before its first byte is read comes whole anyway.
    private void FetchAhead(BlockRange blocks)
    {
        if (!blocks.IsEmpty && !MustVerifyFirst)
            _fetcher.Prefetch(blocks);
    }

    private async ValueTask<int> ReadSlowAsync(
        OpenFile file, long offset, Memory<byte> destination, BlockRange ahead, CancellationToken cancellationToken)
    {
        var needed = BlockRange.Covering(offset, destination.Length, BlockSize, Length);
        var wanted = needed.Hull(ahead);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (_verification.IsFarBehind(offset))
                await _verification.CatchUpAsync(offset, cancellationToken);
            if (MustVerifyFirst)
                await _verification.VerifyAsync(cancellationToken);
            if (TryRead(file, offset, destination.Span))
                return destination.Length;
            if (MustVerifyFirst)
                continue;
            if (await CollectAsync(file, offset, destination, wanted, cancellationToken))
                return destination.Length;
        }

        throw new FsException(FsError.InputOutput, $"Content {Key.Id} cannot be kept on the local disk undamaged.");
    }

    // Fetches what is missing. True when the destination was filled here, because bytes could not be kept; false: now read them.
    private async ValueTask<bool> CollectAsync(
        OpenFile file, long offset, Memory<byte> destination, BlockRange wanted, CancellationToken cancellationToken)
    {
        var round = _readers.Round;
        var needed = BlockRange.Covering(offset, destination.Length, BlockSize, Length);
        var unkept = false;
        for (var block = needed.First; block < needed.End; block++)
        {
            var bytes = await _fetcher.GetAsync(block, wanted, cancellationToken);
            unkept |= bytes is not null;
            if (!unkept)
                continue;
            if (!Copy(block, bytes, offset, destination.Span))
                return false;
        }

        if (!unkept)
            return false;
        // Blocks before the first one that found no room.
        for (var block = needed.First; block < needed.End; block++)
        {
            if (_stored.IsPresent(block) && !Copy(block, null, offset, destination.Span))
                return false;
        }

        Refuse(file);
        return Key.Md5 is null || MarkServed(file, offset, destination.Length, round);
    }

    private bool Copy(long block, byte[]? bytes, long offset, Span<byte> destination)
    {
        var start = block * BlockSize;
        var from = Math.Max(offset, start);
        var until = Math.Min(offset + destination.Length, start + _stored.BlockLength(block));
        var target = destination.Slice((int)(from - offset), (int)(until - from));
        if (bytes is null)
            return _stored.Read(block, (int)(from - start), target) == target.Length;
        bytes.AsSpan((int)(from - start), target.Length).CopyTo(target);
        return true;
    }

    // False when the content was found wrong since that round, in which these bytes were copied: they must not be handed out, even if it is
    // right by now.
    private bool MarkServed(OpenFile file, long offset, int count, int round)
    {
        if (_stored.IsVerified)
            return round == _readers.Round;
        if (!_readers.TryMark(file, BlockRange.Covering(offset, count, BlockSize, Length), round))
            return false;
        if (_stored.IsComplete && !_isNoted && !VerifiesFirst)
            NoteUnchecked(file);
        return true;
    }

    private void NoteUnchecked(OpenFile file)
    {
        _isNoted = true;
        _doubts.ReadUnchecked(_stored, file.Inode);
        // The verdict may have come just before the note.
        if (_stored.IsVerified)
            _doubts.Settle(Key);
    }

    private void Refuse(OpenFile file)
    {
        if (file.IsPoisoned || _verification.HasFailed)
            throw new FsException(FsError.InputOutput, $"Content {Key.Id} does not have the bytes that its MD5 promises.");
    }

    private void OnLanded()
    {
        if (NeedsVerification)
            _verification.Landed();
    }
}
