using SynapseFs.Core.Writing;
using SynapseFs.Store;

namespace SynapseFs.Core.Staging;

/// <summary>What the journal is to know of it.</summary>
internal sealed partial class StagedContent
{
    // Guarded by _lock. Changes so far, and those that the last sync covered.
    private long _changes = 1;
    private long _syncedChanges;
    private StagedRow? _synced;

    // The latest description given out and its last written byte; the last written byte of any that the journal may hold.
    private StagedRow? _described;
    private long _describedEnd;
    private long _claimedEnd;

    /// <summary>Whether anything changed since the last <see cref="Sync"/>.</summary>
    public bool HasUnsynced
    {
        get
        {
            lock (_lock)
                return _changes != _syncedChanges;
        }
    }

    /// <summary>What the last <see cref="Sync"/> returned, over the base as it is now; null before the first.</summary>
    public StagedRow? Synced
    {
        get
        {
            lock (_lock)
                return _synced;
        }
    }

    /// <summary>
    /// Makes what was written before the call survive a power failure, and describes exactly that: what is written meanwhile may be
    /// in the file and does not count.
    /// </summary>
    /// <exception cref="Vfs.FsException">
    /// NoSpace, InputOutput; again at every later call, as nobody knows what arrived: these bytes have to be written to another content.
    /// </exception>
    public StagedRow Sync()
    {
        using var use = new Use(this);
        long changes;
        StagedRow row;
        lock (_lock)
        {
            if (_changes == _syncedChanges && _synced is not null)
                return _synced;
            changes = _changes;
            row = RowLocked();
        }

        _file.Sync();
        lock (_lock)
        {
            // Somebody else's sync may have begun later and ended before.
            if (_synced is null || changes > _syncedChanges)
                (_syncedChanges, _synced) = (changes, OverLatestBase(row));
            return _synced;
        }
    }

    /// <summary>The content as it is now, synced or not.</summary>
    public StagedRow Describe()
    {
        lock (_lock)
            return RowLocked();
    }

    /// <summary>
    /// The journal holds this description for good. What only earlier ones counted, such as bytes cut off since, may go now; without
    /// this call it goes when the content is completed.
    /// </summary>
    public void Accepted(StagedRow row)
    {
        using var use = new Use(this);
        lock (_changing)
        {
            lock (_lock)
            {
                if (row != _described || _claimedEnd == _describedEnd)
                    return;
                _claimedEnd = _describedEnd;
            }

            TrimChanging();
        }
    }

    private StagedRow RowLocked()
    {
        _described = new StagedRow(Number, _map.Length, _map.WrittenText, null, null, 0, _map.BaseLimit, null);
        _described = OverLatestBase(_described);
        _describedEnd = _map.WrittenEnd;
        _claimedEnd = Math.Max(_claimedEnd, _describedEnd);
        return _described;
    }

    private void RebaseRowsLocked()
    {
        _synced = _synced is null ? null : OverLatestBase(_synced);
        _described = _described is null ? null : OverLatestBase(_described);
    }

    // A description of which nothing of the base may show names none.
    private StagedRow OverLatestBase(StagedRow row) => row.BaseLimit == 0 || _latestBase is not { } below
        ? row
        : row with { Base = below.Key, BaseStaged = below.StagedNumber, BaseLength = below.Length, BaseNode = below.Node };
}
