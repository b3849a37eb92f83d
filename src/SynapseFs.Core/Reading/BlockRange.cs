namespace SynapseFs.Core.Reading;

/// <summary>A run of blocks, from <paramref name="First"/> up to but not including <paramref name="End"/>. Pure arithmetic.</summary>
internal readonly record struct BlockRange(long First, long End)
{
    public static readonly BlockRange Empty = new(0, 0);

    public long Count => Math.Max(0, End - First);

    public bool IsEmpty => End <= First;

    /// <summary>The blocks that hold these bytes, as far as the content reaches.</summary>
    public static BlockRange Covering(long offset, long count, int blockSize, long contentLength)
    {
        var end = Math.Min(offset + count, contentLength);
        return offset >= end ? Empty : new BlockRange(offset / blockSize, (end + blockSize - 1) / blockSize);
    }

    public bool Contains(long block) => block >= First && block < End;

    /// <summary>The smallest run that holds both.</summary>
    public BlockRange Hull(BlockRange other) =>
        IsEmpty ? other : other.IsEmpty ? this : new BlockRange(Math.Min(First, other.First), Math.Max(End, other.End));

    /// <summary>Where the run begins in the content, in bytes.</summary>
    public long Offset(int blockSize) => First * blockSize;

    /// <summary>Its bytes, less what the last block lacks.</summary>
    public long Length(int blockSize, long contentLength) => Math.Min(End * blockSize, contentLength) - Offset(blockSize);
}
