namespace SynapseFs.Testing.RemoteWorld;

/// <summary>Sends bytes piece by piece through <see cref="World.OnBytes"/>.</summary>
internal sealed class WorldStream(World world, WorldNode node, ReadOnlyMemory<byte> bytes, long offset) : Stream
{
    private const int Piece = 32 * 1024;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(Math.Min(buffer.Length, Piece), bytes.Length - _position);
        if (count == 0)
            return 0;
        var piece = buffer[..count];
        bytes.Slice(_position, count).CopyTo(piece);
        if (world.OnBytes is { } hook)
            await hook(node, offset + _position, piece, cancellationToken);
        _position += count;
        world.Sent(count);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
