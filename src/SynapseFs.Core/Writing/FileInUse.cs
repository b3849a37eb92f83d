using SynapseFs.Core.Staging;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// One inode's bytes while handles or the sender use them. What is written goes to a staged content over what was there; while one is
/// being sent it is frozen, and further writes go to another over it. So bytes on their way never change, and nobody waits for them.
/// </summary>
internal sealed class FileInUse(InodeNumber inode, FilesInUse owner)
{
    private readonly Lock _lock = new();
    private readonly List<StagedContent> _staged = [];
    private readonly Dictionary<StagedContent, CleanContent> _sent = [];
    private volatile StagedContent? _changed;
    private volatile bool _isUnsaved;
    private CleanContent? _clean;
    private StagedContent? _saved;
    private long _modified;

    public InodeNumber Inode { get; } = inode;

    /// <summary>Handles and others that hold this; guarded by <see cref="FilesInUse"/>.</summary>
    public int Uses { get; set; }

    /// <summary>Handles that may write; guarded by <see cref="FilesInUse"/>.</summary>
    public int Writers { get; set; }

    /// <summary>What the kernel does with its pages of it.</summary>
    public KernelPages Pages { get; } = new();

    /// <summary>The name is gone: nothing of it is to be remembered.</summary>
    public bool IsUnlinked { get; set; }

    /// <summary>The content as changed here, saved or not; null while it is as the remote side has it.</summary>
    public StagedContent? Changed => _changed;

    /// <summary>Whether anything was written since it was last saved.</summary>
    public bool IsUnsaved => _isUnsaved;

    /// <summary>When it was last written to; null when it was not.</summary>
    public DateTimeOffset? Modified =>
        Interlocked.Read(ref _modified) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The content without changes; null when the remote side has none.</summary>
    public CleanContent? Clean
    {
        get
        {
            lock (_lock)
                return _clean;
        }
    }

    /// <summary>What is there when the first user comes.</summary>
    public void Begin(CleanContent? clean, StagedContent? changed)
    {
        (_clean, _changed, _saved) = (clean, changed, changed);
        if (changed is not null)
            _staged.Add(changed);
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        while (!Writable().TryWrite(offset, source))
        {
            // Frozen meanwhile: into the one over it.
        }

        Touch();
    }

    public void Append(ReadOnlySpan<byte> source)
    {
        while (!Writable().TryAppend(source, out _))
        {
        }

        Touch();
    }

    public void SetLength(long length)
    {
        while (!Writable().TrySetLength(length))
        {
        }

        Touch();
    }

    /// <summary>As if nothing had ever been there: what was below is not even looked at.</summary>
    public void Truncate()
    {
        lock (_lock)
        {
            // What was saved stays as it is until this is saved too.
            if (_changed is not { IsFrozen: false } changed || changed == _saved || !changed.TrySetLength(0))
                PutOnTopLocked(owner.Stage(null, 0));
        }

        Touch();
    }

    public void Allocate(long offset, long length, AllocateMode mode)
    {
        while (!Writable().TryAllocate(offset, length, mode))
        {
        }

        Touch();
    }

    /// <summary>Takes over another content whole without moving its bytes, where this one is empty so far.</summary>
    /// <param name="source">This file's when the answer is true, else still the caller's.</param>
    public bool TryClone(BaseContent source, long sourceOffset, long targetOffset, long length)
    {
        var done = Writable().TryClone(source, sourceOffset, targetOffset, length);
        if (done)
            Touch();
        return done;
    }

    /// <summary>The journal has the same bytes as another staged content, which is the one from now on; not while there are newer ones.</summary>
    public void TakeUp(long number, Func<StagedContent> open)
    {
        lock (_lock)
        {
            if (_isUnsaved || _changed?.Number == number || (_changed is { } changed && !_sent.ContainsKey(changed)))
                return;
            var staged = open();
            _staged.Add(staged);
            _changed = staged;
        }
    }

    /// <summary>Freezes what is there for sending; null when nothing was changed, or something is not saved yet.</summary>
    /// <param name="isUnsavedToo">Whether what is not saved yet is to be sent with it.</param>
    public StagedContent? Freeze(bool isUnsavedToo)
    {
        lock (_lock)
        {
            if (_isUnsaved && !isUnsavedToo)
                return null;
            _changed?.Freeze();
            return _changed;
        }
    }

    /// <summary>The changes up to here are on the local disk.</summary>
    public StagedRow? Sync()
    {
        if (_changed is not { } changed)
            return null;
        // Before: what is written meanwhile is unsaved again.
        _isUnsaved = false;
        try
        {
            var row = changed.Sync();
            Volatile.Write(ref _saved, changed);
            return row;
        }
        catch
        {
            _isUnsaved = true;
            throw;
        }
    }

    /// <summary>The frozen content is what the remote side has now.</summary>
    /// <returns>Whether nothing was written since.</returns>
    public bool Settle(StagedContent sent, CleanContent clean)
    {
        lock (_lock)
        {
            _sent[sent] = clean;
            _clean = clean;
            if (_changed is { Base.StagedNumber: { } number } upper && number == sent.Number)
                upper.Rebase(new SentBase(sent, clean));
            if (_changed != sent)
                return false;
            // The remote side may change it again, and whoever has it open reads on.
            owner.Settled(this);
            return true;
        }
    }

    /// <summary>A description of a staged content as it holds by now: what lay below it may have been sent since it was made.</summary>
    public StagedRow Current(StagedRow row)
    {
        lock (_lock)
        {
            return _sent.FirstOrDefault(sent => sent.Key.Number == row.BaseStaged).Value is { } clean
                ? row with { BaseStaged = null, Base = clean.Key, BaseNode = clean.Node }
                : row;
        }
    }

    /// <summary>A time was set by hand: it stands until the next write.</summary>
    public void SetModified(DateTimeOffset modified) => Interlocked.Exchange(ref _modified, modified.UtcTicks);

    /// <summary>After the last use: everything that was open, and what it is remotely if it was sent.</summary>
    public IReadOnlyList<(StagedContent Staged, CleanContent? Sent)> End()
    {
        lock (_lock)
            return [.. _staged.Select(staged => (staged, _sent.GetValueOrDefault(staged)))];
    }

    // Marked before the bytes come, under the lock: what is frozen for sending holds all of a save or nothing of it.
    private StagedContent Writable()
    {
        lock (_lock)
        {
            _isUnsaved = true;
            if (_changed is not { IsFrozen: false })
            {
                var below = _changed is { } frozen
                    ? OverLocked(frozen)
                    : _clean is { } clean ? owner.Over(clean, Inode) : null;
                PutOnTopLocked(owner.Stage(below, _changed?.Length ?? _clean?.Length ?? 0));
            }

            return _changed!;
        }
    }

    private BaseContent OverLocked(StagedContent frozen) =>
        _sent.TryGetValue(frozen, out var clean) ? new SentBase(frozen, clean) : new StagedBase(frozen);

    private void PutOnTopLocked(StagedContent staged)
    {
        _staged.Add(staged);
        _changed = staged;
        owner.Written(this);
    }

    // Also after the bytes: a save that ran meanwhile did not hold them.
    private void Touch()
    {
        Interlocked.Exchange(ref _modified, owner.Now.UtcTicks);
        _isUnsaved = true;
    }
}
