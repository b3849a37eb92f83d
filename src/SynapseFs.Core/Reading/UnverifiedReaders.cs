using System.Collections;
using Microsoft.Extensions.Logging;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Who has one content open, and what was handed out of it before it was verified: so that those who were given wrong bytes hear of it, and
/// nobody else.
/// </summary>
internal sealed class UnverifiedReaders(StoredContent stored, ILogger log, Action<InodeNumber> contentWasWrong)
{
    private readonly Lock _lock = new();

    // All guarded by _lock.
    private readonly List<OpenFile> _files = [];
    // Also of handles that are closed: the kernel keeps their pages.
    private readonly HashSet<InodeNumber> _inodes = [];
    private BitArray? _blocks;
    private Dictionary<long, ulong?> _checksums = [];
    private volatile bool _areHeldBack;
    private volatile int _round;

    /// <summary>Nothing is handed out; only then may the content be dropped and fetched anew.</summary>
    public bool AreHeldBack => _areHeldBack;

    /// <summary>Moves each time they are held back: bytes copied before are not handed out after.</summary>
    public int Round => _round;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _files.Count == 0;
        }
    }

    /// <summary>Whether anything at all was handed out; known once they are held back.</summary>
    public bool WereGivenBytes
    {
        get
        {
            lock (_lock)
                return _checksums.Count > 0;
        }
    }

    /// <summary>Whether what was handed out before they were held back is otherwise in the content as it is now.</summary>
    public bool AreMisled
    {
        get
        {
            lock (_lock)
                return _checksums.Any(block => stored.Checksum(block.Key) != block.Value);
        }
    }

    /// <summary>Through which something was handed out.</summary>
    public IReadOnlyCollection<InodeNumber> Inodes
    {
        get
        {
            lock (_lock)
                return [.. _inodes];
        }
    }

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

    /// <summary>Notes that a reader is given bytes, copied in that <see cref="Round"/>; false when they must not be handed out.</summary>
    public bool TryMark(OpenFile file, BlockRange blocks, int round)
    {
        lock (_lock)
        {
            if (_areHeldBack || round != _round)
                return false;
            file.HasReadUnverified = true;
            _inodes.Add(file.Inode);
            _blocks ??= new BitArray((int)stored.BlockCount);
            for (var block = blocks.First; block < blocks.End; block++)
                _blocks[(int)block] = true;
            return true;
        }
    }

    /// <summary>From here on nobody is given anything; what was handed out is remembered by checksum.</summary>
    public void HoldBack()
    {
        lock (_lock)
        {
            if (_areHeldBack)
                return;
            _areHeldBack = true;
            _round++;
            _checksums = MarkedLocked().ToDictionary(block => block, stored.Checksum);
        }
    }

    /// <summary>Reading goes on, as after a beginning.</summary>
    public void LetGo()
    {
        lock (_lock)
        {
            _areHeldBack = false;
            _checksums = [];
            _blocks = null;
        }
    }

    /// <summary>Those who were given bytes get I/O errors from now on, and the kernel forgets what it has.</summary>
    public void Poison()
    {
        List<OpenFile> misled;
        List<InodeNumber> inodes;
        lock (_lock)
        {
            misled = [.. _files.Where(file => file.HasReadUnverified)];
            inodes = [.. _inodes];
        }

        if (misled.Count > 0)
            Log.HandlesPoisoned(log, stored.Key.Id, misled.Count);
        foreach (var file in misled)
            file.Poison();
        foreach (var inode in inodes)
            contentWasWrong(inode);
    }

    private IEnumerable<long> MarkedLocked()
    {
        for (var block = 0; block < _blocks?.Length; block++)
        {
            if (_blocks[block])
                yield return block;
        }
    }
}
