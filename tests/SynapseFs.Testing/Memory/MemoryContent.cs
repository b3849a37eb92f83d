using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>A sparse file's bytes in chunks; what was never written is a hole. Not thread-safe: its filesystem's lock guards it.</summary>
internal sealed class MemoryContent
{
    private const int ChunkSize = 64 * 1024;

    private readonly Dictionary<long, byte[]> _chunks = [];

    public long Length { get; private set; }

    public long AllocatedLength => (long)_chunks.Count * ChunkSize;

    public int Read(long offset, Span<byte> destination)
    {
        if (offset >= Length)
            return 0;
        var total = (int)Math.Min(destination.Length, Length - offset);
        for (var done = 0; done < total;)
        {
            var (chunk, start) = Math.DivRem(offset + done, ChunkSize);
            var piece = destination.Slice(done, (int)Math.Min(total - done, ChunkSize - start));
            if (_chunks.TryGetValue(chunk, out var bytes))
                bytes.AsSpan((int)start, piece.Length).CopyTo(piece);
            else
                piece.Clear();
            done += piece.Length;
        }

        return total;
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        for (var done = 0; done < source.Length;)
        {
            var (chunk, start) = Math.DivRem(offset + done, ChunkSize);
            var piece = source.Slice(done, (int)Math.Min(source.Length - done, ChunkSize - start));
            if (!_chunks.TryGetValue(chunk, out var bytes))
                _chunks[chunk] = bytes = new byte[ChunkSize];
            piece.CopyTo(bytes.AsSpan((int)start));
            done += piece.Length;
        }

        if (source.Length > 0)
            Length = Math.Max(Length, offset + source.Length);
    }

    public void SetLength(long length)
    {
        if (length < Length)
            Punch(length, Length - length);
        Length = length;
    }

    /// <summary>The range reads as zeros afterwards; whole chunks in it become holes. The length stays.</summary>
    public void Punch(long offset, long length)
    {
        var end = Math.Min(offset + length, (Length + ChunkSize - 1) / ChunkSize * ChunkSize);
        for (var at = offset; at < end;)
        {
            var (chunk, start) = Math.DivRem(at, ChunkSize);
            var piece = (int)Math.Min(end - at, ChunkSize - start);
            if (piece == ChunkSize || (start == 0 && at + piece >= Length))
                _chunks.Remove(chunk);
            else if (_chunks.TryGetValue(chunk, out var bytes))
                bytes.AsSpan((int)start, piece).Clear();
            at += piece;
        }
    }

    /// <summary>The end of the file counts as a hole, as lseek(2) says.</summary>
    public long Seek(long offset, SeekTarget target)
    {
        if (offset < 0 || offset >= Length)
            throw new FsException(FsError.NoData, $"Offset {offset} is beyond the end at {Length}.");
        for (var chunk = offset / ChunkSize; chunk * ChunkSize < Length; chunk++)
        {
            if (_chunks.ContainsKey(chunk) == (target == SeekTarget.Data))
                return Math.Max(offset, chunk * ChunkSize);
        }

        return target == SeekTarget.Hole
            ? Length
            : throw new FsException(FsError.NoData, $"There is no data from offset {offset} on.");
    }
}
