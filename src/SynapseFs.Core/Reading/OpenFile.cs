using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>One open handle: the content it was opened on, how it reads, and whether bytes it was given turned out wrong.</summary>
internal sealed class OpenFile(InodeNumber inode, OpenContent content, ReadAhead readAhead, ReadBack readBack)
{
    // Room for the footer or the directory of most files, for at most two blocks.
    private const long EndBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private BlockRange _end = BlockRange.Empty;
    private volatile bool _hasReadUnverified;
    private volatile bool _isPoisoned;

    public InodeNumber Inode { get; } = inode;

    public OpenContent Content { get; } = content;

    /// <summary>Whether it was given bytes before the whole was verified.</summary>
    public bool HasReadUnverified
    {
        get => _hasReadUnverified;
        set => _hasReadUnverified = value;
    }

    /// <summary>Bytes it was given turned out wrong: from then on it gets I/O errors, never a mixture.</summary>
    public bool IsPoisoned => _isPoisoned;

    public void Poison() => _isPoisoned = true;

    /// <summary>The end of the content will be read soon: it is fetched with the first read.</summary>
    public void ExpectEnd()
    {
        lock (_lock)
            _end = BlockRange.Covering(Math.Max(0, Content.Length - EndBytes), EndBytes, Content.BlockSize, Content.Length);
    }

    public AheadOfRead Ahead(long offset, long count, bool mayFetch)
    {
        lock (_lock)
        {
            var ahead = new AheadOfRead(readAhead.Next(offset, count, mayFetch), readBack.Next(offset, count, mayFetch));
            if (_end.IsEmpty || !mayFetch)
                return ahead;
            ahead = ahead with { Aside = _end };
            _end = BlockRange.Empty;
            return ahead;
        }
    }
}
