namespace SynapseFs.Client.Uploads;

/// <summary>Somebody's stream. Its position belongs to one reader at a time; it is not closed here.</summary>
internal sealed class StreamUploadSource : UploadSource
{
    private readonly Stream _stream;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public StreamUploadSource(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || !stream.CanRead)
            throw new ArgumentException("An upload reads its content more than once; give it a stream that can seek.", nameof(stream));
        _stream = stream;
        Length = stream.Length;
    }

    public override long Length { get; }

    public override async Task ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _stream.Position = offset;
            await _stream.ReadExactlyAsync(buffer, cancellationToken);
        }
        catch (EndOfStreamException)
        {
            throw Changed("The content");
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void CheckUnchanged()
    {
        if (_stream.Length != Length)
            throw Changed("The content");
    }

    protected override void Close() => _turn.Dispose();
}
