namespace SynapseFs.Core.Reading;

/// <summary>
/// Decides how far to fetch ahead of one open file's reads. A reader is trusted as far ahead as it has already read in sequence: the
/// first read fetches only what it asks for, so that its bytes come early; each further one doubles what is on its way, and after the
/// first <see cref="Proven"/> bytes it is four times as much, up to a limit. Reads that jump fetch only themselves, and a jump within what is on
/// its way keeps it. A few sequences at once are told apart, because kernels and multi-threaded tools interleave them. Pure; not thread-safe.
/// </summary>
/// <param name="blockSize">Bytes.</param>
/// <param name="contentLength">Bytes.</param>
/// <param name="largest">The most bytes ahead of a reader.</param>
/// <param name="patience">Reads that a sequence must have before anything is fetched ahead of it.</param>
internal sealed class ReadAhead(int blockSize, long contentLength, long largest, int patience = 2)
{
    /// <summary>Once the window is larger than two of these, this much is asked for at a time.</summary>
    public const long Step = 4L << 20;

    private const int MostSequences = 4;

    /// <summary>Who has read so much in sequence will read on: tools that look at a header or an index have stopped by then.</summary>
    private const long Proven = 2L << 20;

    // The kernel sends neighbouring reads at once and they arrive in any order: this much disorder is still a sequence.
    private const long Slack = 1L << 20;

    private readonly List<Sequence> _sequences = [];

    /// <summary>The blocks to fetch beyond those that the read itself needs; empty when enough is on its way.</summary>
    /// <param name="offset">Where the read begins.</param>
    /// <param name="count">Its bytes.</param>
    /// <param name="mayFetch">Whether there is room to fetch ahead; where not, a later read makes up for it.</param>
    public BlockRange Next(long offset, long count, bool mayFetch = true)
    {
        var end = offset + count;
        var sequence = _sequences.Find(candidate => offset >= candidate.Position - Slack
            && offset <= Math.Max(candidate.Position + Slack, candidate.AheadUntil));
        if (sequence is null)
        {
            Remember(new Sequence { Read = count, Position = end, AheadUntil = RoundUp(end) });
            return BlockRange.Empty;
        }

        _sequences.Remove(sequence);
        _sequences.Add(sequence);
        sequence.Follow(offset, end);
        sequence.AheadUntil = Math.Max(sequence.AheadUntil, RoundUp(sequence.Position));
        var window = Math.Min(sequence.Read < Proven ? sequence.Read : 4 * sequence.Read, largest);
        // Asking again only when enough is used up makes few large requests out of many small reads.
        if (!mayFetch || sequence.Reads < patience || end < sequence.Position
            || sequence.AheadUntil - end > Math.Max(window / 2, window - Step))
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
        /// <summary>Bytes read in sequence.</summary>
        public long Read { get; set; }

        /// <summary>Where the furthest read ended.</summary>
        public long Position { get; set; }

        /// <summary>Reads, of those only that went further.</summary>
        public int Reads { get; private set; } = 1;

        public long AheadUntil { get; set; }

        // Passed over, and perhaps only late.
        private long _passed;

        public void Follow(long offset, long end)
        {
            var isLate = offset < Position;
            var late = isLate ? Math.Min(_passed, Math.Min(end, Position) - offset) : 0;
            Read += late + Math.Max(0, end - Math.Max(offset, Position));
            Reads += end > Position ? 1 : 0;
            _passed += isLate ? -late : offset - Position;
            Position = Math.Max(Position, end);
        }
    }
}
