namespace SynapseFs.Core.Reading;

/// <summary>
/// Read-ahead for who goes through a file from its end to its beginning, in steps of any size up to a few blocks: the same as forwards, in
/// the mirror. Neighbouring reads that arrive in the wrong order look like a step back, so it takes three before anything is fetched. Pure;
/// not thread-safe.
/// </summary>
internal sealed class ReadBack
{
    private const int Patience = 3;

    private readonly long _blocks;
    private readonly long _length;
    private readonly ReadAhead _mirrored;

    public ReadBack(int blockSize, long contentLength, long largest)
    {
        // As long as its blocks are, so that their edges are edges in the mirror too.
        _blocks = (contentLength + blockSize - 1) / blockSize;
        _length = _blocks * blockSize;
        _mirrored = new ReadAhead(blockSize, _length, largest, Patience);
    }

    /// <summary>The blocks to fetch before those that the read itself needs; as <see cref="ReadAhead.Next"/>.</summary>
    public BlockRange Next(long offset, long count, bool mayFetch = true)
    {
        var ahead = _mirrored.Next(_length - offset - count, count, mayFetch);
        return ahead.IsEmpty ? BlockRange.Empty : new BlockRange(_blocks - ahead.End, _blocks - ahead.First);
    }
}
