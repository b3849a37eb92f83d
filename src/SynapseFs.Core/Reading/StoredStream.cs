using SynapseFs.Store;

namespace SynapseFs.Core.Reading;

/// <summary>A completely cached content as a stream, read forward only.</summary>
internal sealed class StoredStream(StoredContent stored) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => stored.Length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">A block is no longer cached.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_at >= stored.Length || buffer.IsEmpty)
            return 0;
        var count = stored.Read(_at / stored.BlockSize, (int)(_at % stored.BlockSize), buffer);
        if (count <= 0)
            throw new IOException($"Content {stored.Key.Id} is no longer cached whole.");
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
