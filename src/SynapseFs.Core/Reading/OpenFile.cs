using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>One open handle: the content it was opened on, how it reads, and whether bytes it was given turned out wrong.</summary>
internal sealed class OpenFile(InodeNumber inode, OpenContent content, ReadAhead readAhead)
{
    private readonly Lock _lock = new();
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

    public BlockRange Ahead(long offset, long count, bool mayFetch)
    {
        lock (_lock)
            return readAhead.Next(offset, count, mayFetch);
    }
}
