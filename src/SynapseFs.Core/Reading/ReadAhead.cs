namespace SynapseFs.Core.Reading;

/// <summary>
/// Decides how far to fetch ahead of one open file's reads. A reader is trusted as far ahead as it has already read in sequence: the
/// first read fetches only what it asks for, so that its bytes come early; each further one doubles what is on its way, up to a
/// limit. Reads that jump fetch only themselves. A few sequences at once are told apart, because kernels and multi-threaded tools
/// interleave them. Pure; not thread-safe.
/// </summary>
internal sealed class ReadAhead(int blockSize, long contentLength, long largest)
{
    private const int MostSequences = 4;

    // The kernel sends neighbouring reads at once and they arrive in any order: this much disorder is still a sequence.
    private const long Slack = 1L << 20;

    private readonly List<Sequence> _sequences = [];

    /// <summary>The blocks to fetch beyond those that the read itself needs; empty when enough is on its way.</summary>
    public BlockRange Next(long offset, long count)
    {
        var end = offset + count;
        var sequence = _sequences.Find(candidate => offset <= candidate.Position + Slack / 8 && offset >= candidate.Position - Slack);
        if (sequence is null)
        {
            Remember(new Sequence { Start = offset, Position = end, AheadUntil = RoundUp(end) });
            return BlockRange.Empty;
        }

        _sequences.Remove(sequence);
        _sequences.Add(sequence);
        if (end <= sequence.Position)
            return BlockRange.Empty;
        sequence.Position = end;
        sequence.AheadUntil = Math.Max(sequence.AheadUntil, RoundUp(end));
        var window = Math.Min(sequence.Position - sequence.Start, largest);
        // Asking again only when half is used up makes few large requests out of many small reads.
        if (sequence.AheadUntil - end > window / 2)
            return BlockRange.Empty;
        var ahead = BlockRange.Covering(sequence.AheadUntil, end + window - sequence.AheadUntil, blockSize, contentLength);
        if (!ahead.IsEmpty)
            sequence.AheadUntil = ahead.End * blockSize;
        return ahead;
    }

    private long RoundUp(long offset) => (offset + blockSize - 1) / blockSize * blockSize;

    private void Remember(Sequence sequence)
    {
        if (_sequences.Count == MostSequences)
            _sequences.RemoveAt(0);
        _sequences.Add(sequence);
    }

    private sealed class Sequence
    {
        public long Start { get; init; }

        public long Position { get; set; }

        public long AheadUntil { get; set; }
    }
}
