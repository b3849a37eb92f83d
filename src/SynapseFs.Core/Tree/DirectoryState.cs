using SynapseFs.Core.Reading;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// What this process knows of one directory beyond its rows: leases, which a restart ends, and use. Everything is guarded by
/// <see cref="Gate"/>, which also orders all changes of the directory's rows and is never held across a call.
/// </summary>
internal sealed class DirectoryState
{
    private const int PruneAbove = 1024;
    private readonly Dictionary<string, Lease> _found = [];
    private readonly HashSet<string> _lookedUp = [];
    private int _pruneAbove = PruneAbove;
    private long _lastUsed;
    private long _lastChecked;

    // Versions of the listings that are open, and what the kernel was told last.
    private readonly List<long> _open = [];
    private (long Version, long Lease) _told;

    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);
    private int _ownChanges;

    public Lock Gate { get; } = new();

    /// <summary>Counts changes of ours that the remote side confirmed: news that set out before one of them do not know of it.</summary>
    public int OwnChanges => Volatile.Read(ref _ownChanges);

    /// <param name="left">The remote id of what left the directory by that change; null for none.</param>
    public void CountOwnChange(string? left)
    {
        Volatile.Write(ref _ownChanges, _ownChanges + 1);
        if (left is null)
            return;
        if (_left.Count >= PruneAbove)
            _left.Clear();
        _left[left] = _ownChanges;
    }

    /// <summary>Whether something left the directory, by a change of ours, after news as of then set out.</summary>
    public bool HasLeft(string remoteId, int asOf) => _left.TryGetValue(remoteId, out var change) && change > asOf;

    /// <summary>How long the whole listing is believed.</summary>
    public Lease Listing { get; set; }

    /// <summary>For a directory that does not list every child: the names that it does list.</summary>
    public HashSet<string> ListedNames { get; set; } = [];

    /// <summary>Whether the provider was asked to list it at once, which is worth one try only.</summary>
    public bool WasTriedAtOnce { get; set; }

    /// <summary>How often details of a child had to be asked for, since the last listing.</summary>
    public int Misses { get; set; }

    /// <summary>After which reading in bulk its rows were last given what that told.</summary>
    public int BulkRound { get; set; }

    public SiblingWindow? Siblings { get; set; }

    /// <summary>The child opened last whose content was not here, until there is a window; since the last listing.</summary>
    public InodeNumber? LastMissing { get; set; }

    public ContentWindow? ContentsAhead { get; set; }

    /// <summary>When a verb last wanted something of it; monotonic.</summary>
    public long LastUsed
    {
        get => Volatile.Read(ref _lastUsed);
        set => Volatile.Write(ref _lastUsed, value);
    }

    /// <summary>When the provider was last asked about it as a whole; monotonic.</summary>
    public long LastChecked
    {
        get => Volatile.Read(ref _lastChecked);
        set => Volatile.Write(ref _lastChecked, value);
    }

    public Lease FoundLease(string name) => _found.GetValueOrDefault(name);

    public bool WasLookedUp(string name) => _lookedUp.Contains(name) || _found.ContainsKey(name);

    /// <summary>One name was asked for and answered, there or not there.</summary>
    public void SetFound(string name, Lease lease, TimeProvider time)
    {
        if (_found.Count >= _pruneAbove)
        {
            foreach (var (old, _) in _found.Where(entry => entry.Value.IsOver(time)).ToList())
                _found.Remove(old);
            // Not at each name when long leases keep many of them.
            _pruneAbove = Math.Max(PruneAbove, 2 * _found.Count);
        }

        _found[name] = lease;
    }

    /// <summary>
    /// Counts a lookup in a directory never listed; how many distinct names that makes, up to <paramref name="most"/> + 1.
    /// </summary>
    public int CountLookup(string name, int most)
    {
        if (_lookedUp.Count <= most)
            _lookedUp.Add(name);
        return _lookedUp.Count;
    }

    /// <summary>
    /// A listing is opened, read when the table had that version. Whether the kernel may go on with the names that it was told at an earlier
    /// open: nothing has changed since, and its entries are believed as long as they were then.
    /// </summary>
    public bool OpenedListing(long version)
    {
        var now = (version, Listing.EndsAt);
        var isKept = _told == now;
        // Who has an older one open may still read it, and so give it to the kernel.
        _told = _open.TrueForAll(open => open == version) ? now : default;
        _open.Add(version);
        return isKept;
    }

    /// <summary>
    /// A listing that was opened at one version is read from its beginning, at another perhaps: then the kernel holds names of both, and the
    /// next who opens the directory has it told anew.
    /// </summary>
    public void BegunListing(long opened, long begun)
    {
        if (opened == begun)
            return;
        _open.Remove(opened);
        _open.Add(begun);
        _told = default;
    }

    public void ClosedListing(long version) => _open.Remove(version);

    /// <summary>Nothing is believed any more.</summary>
    public void EndLeases()
    {
        Listing = default;
        _found.Clear();
    }
}
