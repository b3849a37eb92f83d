using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Staging;

/// <summary>
/// Bytes of a file that were changed here and are not yet remote: what was written lies in a staged file, elsewhere a base shows
/// through, or zeros. Thread-safe: changes of one content happen one after the other, reads beside them see each either done or not.
/// Frozen, it never changes again and refuses by answering false: what comes later goes to another content laid over this one.
/// </summary>
internal sealed partial class StagedContent : IDisposable
{
    /// <summary>Bytes; the largest file that the remote side can hold.</summary>
    public const long LargestContent = 5L << 40;

    // Held while the staged file is changed, so that lengths, holes and appended bytes come one after the other. Before _lock.
    private readonly Lock _changing = new();

    // Guards what shows where: everything below, for a few instructions. A leaf.
    private readonly Lock _lock = new();
    private readonly ContentMap _map;
    private readonly UseCount _uses = new();
    private readonly StagedBytes _file;
    private BaseContent? _base;
    private BaseContent? _latestBase;

    // Counts what took bytes away; a read during which one happened begins anew.
    private int _cuts;

    // Whether the file may hold bytes where neither map nor base shows any.
    private bool _hasStrays;
    private volatile bool _isFrozen;

    private StagedContent(StagedBytes file, ContentMap map, BaseContent? below) =>
        (_file, _map, _base, _latestBase) = (file, map, below, below);

    public long Number => _file.Number;

    /// <summary>Of the staged file, which alone is the content when it <see cref="IsWhole"/>.</summary>
    public string Path => _file.Path;

    /// <summary>Bytes. Shrinks by <see cref="TrySetLength"/> only.</summary>
    public long Length
    {
        get
        {
            lock (_lock)
                return _map.Length;
        }
    }

    public bool IsFrozen => _isFrozen;

    /// <summary>What lies below; null when nothing does, or no longer.</summary>
    public BaseContent? Base
    {
        get
        {
            lock (_lock)
                return _base;
        }
    }

    /// <summary>Whether the file alone is the content: nothing of the base shows, and nothing else is in the file.</summary>
    /// <exception cref="FsException">InputOutput.</exception>
    public bool IsWhole
    {
        get
        {
            using var use = new Use(this);
            long length;
            lock (_lock)
            {
                if (_map.ShowsBase || _hasStrays)
                    return false;
                length = _map.Length;
            }

            return _file.Length == length;
        }
    }

    /// <summary>
    /// The key of the base, when nothing was written and exactly all of the base shows: the bytes are those of that content.
    /// </summary>
    public ContentKey? SameAsBase
    {
        get
        {
            lock (_lock)
                return _base is not null && _map.ShowsOnlyBase && _map.Length == _base.Length ? _base.Key : null;
        }
    }

    /// <summary>
    /// A new content that shows the first <paramref name="length"/> bytes of what lies below, or an empty one. From then on
    /// <paramref name="below"/> is its own to dispose; when this throws it stays the caller's.
    /// </summary>
    /// <exception cref="FsException">NoSpace, InputOutput.</exception>
    public static StagedContent Create(StagingArea area, BaseContent? below, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, below?.Length ?? 0);
        return new StagedContent(StagedBytes.Create(area), new ContentMap(new ExtentSet(), length, length), below);
    }

    /// <summary>The content as the journal describes it, over what it names as base. Ownership as with <see cref="Create"/>.</summary>
    /// <exception cref="FsException">InputOutput when file, base and description do not belong together.</exception>
    public static StagedContent Restore(StagingArea area, StagedRow row, BaseContent? below)
    {
        var map = MapOf(row);
        if (map.BaseLimit > (below?.Length ?? 0) && map.ShowsBase)
            throw new FsException(FsError.InputOutput, $"Staged content {row.Number} needs a base of {map.BaseLimit} bytes.");
        var file = StagedBytes.Open(area, row.Number);
        try
        {
            if (file.Length < map.WrittenEnd)
                throw new FsException(FsError.InputOutput, $"{file.Path} is shorter than what was written to it.");
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new StagedContent(file, map, below)
        {
            // What was written after the description was made is in the file and does not count.
            _hasStrays = true,
            _synced = row,
            _claimedEnd = map.WrittenEnd,
            _describedEnd = map.WrittenEnd,
            _described = row,
            _changes = 0,
        };
    }

    /// <summary>
    /// From now on nothing changes: a change that is under way happens wholly before this returns, all later ones are refused.
    /// </summary>
    public void Freeze()
    {
        lock (_changing)
            _isFrozen = true;
    }

    /// <summary>
    /// Puts the same bytes below from another place: what lay below was sent. <paramref name="newBase"/> is this content's from then
    /// on, also when it is no longer needed; the old one closes when no read uses it. What the journal knows changes with it:
    /// <see cref="Synced"/>.
    /// </summary>
    /// <exception cref="ArgumentException">It is shorter than what shows of it; it stays the caller's.</exception>
    public void Rebase(BaseContent newBase)
    {
        using var use = new Use(this);
        BaseContent retired;
        lock (_lock)
        {
            if (newBase.Length < _map.BaseLimit)
                throw new ArgumentException($"{_map.BaseLimit} bytes show, the new base has {newBase.Length}.", nameof(newBase));
            retired = _base ?? newBase;
            if (_base is not null)
            {
                _base = _latestBase = newBase;
                RebaseRowsLocked();
            }
        }

        retired.Dispose();
    }

    /// <summary>The first offset at or after <paramref name="offset"/> that is data (written, or the base's) or hole.</summary>
    /// <exception cref="FsException">NoData beyond the end, or when no data follows.</exception>
    public long Seek(long offset, SeekTarget target)
    {
        lock (_lock)
            return _map.Seek(offset, target);
    }

    /// <summary>Closes the file, which stays, and lets the base go, both when nobody uses them any more.</summary>
    public void Dispose()
    {
        if (_uses.LetGo())
            Close();
    }

    /// <summary>Keeps it from closing until <see cref="Leave"/>.</summary>
    internal void Enter() => _uses.Enter();

    internal void Leave()
    {
        if (_uses.Leave())
            Close();
    }

    private static ContentMap MapOf(StagedRow row)
    {
        try
        {
            return new ContentMap(ExtentSet.Parse(row.Written), row.Length, row.BaseLimit);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw new FsException(FsError.InputOutput, $"The description of staged content {row.Number} is damaged.", failure);
        }
    }

    private void Close()
    {
        _file.Dispose();
        _base?.Dispose();
    }
}
