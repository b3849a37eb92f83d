using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Contents whose bytes somebody was given, or may have been, and that are not known to be right. Kept in the cache directory, so that an
/// unmount or a kill takes none of them from a person's sight. Thread-safe; its lock comes after all others of reading.
/// </summary>
internal sealed class DoubtfulContents
{
    private readonly MountParts _parts;
    private readonly Func<NodeRow, string> _pathOf;
    private readonly Lock _lock = new();
    // Guarded by _lock.
    private readonly Dictionary<ContentKey, DoubtfulContent> _known;
    private readonly HashSet<ContentKey> _left;

    public DoubtfulContents(MountParts parts, Func<NodeRow, string> pathOf)
    {
        _parts = parts;
        _pathOf = pathOf;
        _known = parts.Cache.Doubts.Read().ToDictionary(content => content.Key);
        Left = [.. _known.Values.Where(content => content.Finding == DoubtFinding.Unchecked)];
        _left = [.. Left.Select(content => content.Key)];
        // Nobody can read again what no name leads to any more: this mount is the last to tell of it.
        foreach (var content in _known.Values.Where(content => PathsOf(content.Key, content.Length, []).Count == 0))
            Keep(content.Key, () => parts.Cache.Doubts.Delete(content.Key));
    }

    /// <summary>Those that earlier mounts handed out and had no time to check.</summary>
    public IReadOnlyList<DoubtfulContent> Left { get; }

    /// <summary>What a person should know, by path. What is just being checked for the first time is no news yet.</summary>
    public IReadOnlyList<string> Sentences
    {
        get
        {
            lock (_lock)
            {
                return [.. _known.Values.Where(IsNewsLocked).Select(DoubtText.Of).OfType<string>().Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Whether it came wrong, or an earlier mount ended too soon to know, and it was not right since: then it has no more credit.</summary>
    public bool HasNoCredit(ContentKey key)
    {
        lock (_lock)
            return _known.TryGetValue(key, out var content) && IsNewsLocked(content);
    }

    /// <summary>All of it was handed out, and its sum is not known yet. Once this returns, a kill does not make that forgotten.</summary>
    public void ReadUnchecked(StoredContent stored, InodeNumber reader)
    {
        lock (_lock)
        {
            if (_known.ContainsKey(stored.Key))
                return;
        }

        // Without its blocks there would be nothing to check.
        stored.SaveIndex();
        Note(stored, [reader], former => former ?? DoubtFinding.Unchecked);
    }

    /// <summary>Its sum is wrong. Answers whether somebody had been given all of it, perhaps by an earlier mount.</summary>
    public bool FoundWrong(StoredContent stored, UnverifiedReaders readers)
    {
        DoubtFinding? was = null;
        Note(stored, readers.Inodes, former => (was = former) switch
        {
            DoubtFinding.Unchecked => DoubtFinding.Misled,
            null or DoubtFinding.Wrong => readers.WereGivenBytes ? DoubtFinding.Misled : DoubtFinding.Wrong,
            { } told => told,
        });
        return was == DoubtFinding.Unchecked;
    }

    public void Misled(StoredContent stored, UnverifiedReaders readers) => Tell(Note(stored, readers.Inodes, _ => DoubtFinding.Misled));

    public void Refused(StoredContent stored, UnverifiedReaders readers) => Tell(Note(stored, readers.Inodes, _ => DoubtFinding.Refused));

    /// <summary>It is right, and whoever was given wrong bytes of it reads it again.</summary>
    public void Settle(ContentKey key)
    {
        lock (_lock)
        {
            if (!_known.Remove(key))
                return;
            _left.Remove(key);
            Keep(key, () => _parts.Cache.Doubts.Delete(key));
        }
    }

    private bool IsNewsLocked(DoubtfulContent content) => content.Finding != DoubtFinding.Unchecked || _left.Contains(content.Key);

    private DoubtfulContent Note(
        StoredContent stored, IReadOnlyCollection<InodeNumber> readers, Func<DoubtFinding?, DoubtFinding> find)
    {
        var paths = PathsOf(stored.Key, stored.Length, readers);
        lock (_lock)
        {
            var former = _known.GetValueOrDefault(stored.Key);
            var all = paths.Union(former?.Paths ?? [], StringComparer.Ordinal).ToList();
            var content = new DoubtfulContent(stored.Key, stored.Length, find(former?.Finding), all);
            _known[stored.Key] = content;
            Keep(stored.Key, () => _parts.Cache.Doubts.Put(content));
            return content;
        }
    }

    // Those through which it was read, and others that are known to have the same content.
    private List<string> PathsOf(ContentKey key, long length, IReadOnlyCollection<InodeNumber> readers)
    {
        try
        {
            var nodes = _parts.Cache.Nodes;
            var others = key.Md5 is { } md5 ? nodes.FindByMd5(md5, length).Where(row => row.Details?.Content == key) : [];
            return [.. readers.Select(nodes.Get).OfType<NodeRow>().Concat(others).Select(_pathOf).Distinct(StringComparer.Ordinal)];
        }
        catch (StoreException failure)
        {
            Log.DoubtNotKept(_parts.Log, key.Id, failure.Message);
            return [];
        }
    }

    // Reading goes on where a note fails: it is known here, until the mount ends.
    private void Keep(ContentKey key, Action keep)
    {
        try
        {
            keep();
        }
        catch (StoreException failure)
        {
            Log.DoubtNotKept(_parts.Log, key.Id, failure.Message);
        }
    }

    private void Tell(DoubtfulContent content)
    {
        if (DoubtText.Of(content) is { } sentence)
            Log.Noticed(_parts.Log, sentence);
    }
}
