namespace SynapseFs.Store;

/// <summary>How a cache directory is used. Lengths are bytes.</summary>
public sealed record StoreOptions
{
    /// <summary>Bytes of one block of newly cached content; each block has its own checksum. Contents keep the size they began with.</summary>
    public int BlockSize { get; init; } = 64 * 1024;

    /// <summary>Contents up to this length (and one block) live whole in blocks.db instead of a file of their own.</summary>
    public int SmallContentLimit { get; init; } = 64 * 1024;

    /// <summary>How many bytes of content to keep. Open content is never dropped and may exceed it.</summary>
    public long CacheSize { get; init; } = 10L << 30;
}
