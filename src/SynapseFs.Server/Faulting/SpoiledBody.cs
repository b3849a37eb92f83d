using SynapseFs.Server.Http;

namespace SynapseFs.Server.Faulting;

/// <summary>An answer's body on its way out through a fault rule: slow, wrong, short, cut or stuck.</summary>
internal sealed class SpoiledBody(Stream inner, FaultRule rule, ServiceCall call, TimeProvider time) : Stream
{
    private const int SmallestSlice = 16 * 1024;

    // A timer is about a millisecond: what leaves between two waits is two of them.
    private readonly int _slice = Math.Max(SmallestSlice, (int)Math.Min((rule.BytesPerSecond ?? 0) / 500, 1 << 20));

    private readonly long _started = time.GetTimestamp();

    /// <summary>Bytes that left.</summary>
    public long Sent { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Sent;
        set => throw new NotSupportedException();
    }

    /// <summary>A truncated answer must look complete, so its header tells the shorter length.</summary>
    public Task ShortenHeader()
    {
        if (rule.LoseAnswer)
        {
            call.Cut();
        }
        else if (rule.TruncateAfter is { } limit && call.Http.Response.ContentLength > limit)
        {
            call.Http.Response.ContentLength = limit;
        }

        return Task.CompletedTask;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var length = (int)Math.Min(_slice, Math.Min(buffer.Length, Limit() - Sent));
            if (length > 0)
            {
                await SendAsync(buffer[..length], cancellationToken);
                buffer = buffer[length..];
            }
            else if (rule.TruncateAfter is { } truncate && Sent >= truncate)
            {
                return;
            }
            else if (rule.StallAfter is { } stall && Sent >= stall)
            {
                await inner.FlushAsync(cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, call.Aborted);
            }
            else
            {
                // Without the flush the bytes before the cut might die in the buffer.
                await inner.FlushAsync(cancellationToken);
                call.Cut();
                call.Aborted.ThrowIfCancellationRequested();
                throw new OperationCanceledException("The connection was cut on purpose.");
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private long Limit() => Math.Min(
        rule.TruncateAfter ?? long.MaxValue, Math.Min(rule.ResetAfter ?? long.MaxValue, rule.StallAfter ?? long.MaxValue));

    private async ValueTask SendAsync(ReadOnlyMemory<byte> slice, CancellationToken cancellationToken)
    {
        if (rule.CorruptAt is { } at && at - call.BodyOrigin - Sent is var index && index >= 0 && index < slice.Length)
        {
            var wrong = slice.ToArray();
            wrong[index] ^= 0xFF;
            slice = wrong;
        }

        await inner.WriteAsync(slice, cancellationToken);
        Sent += slice.Length;
        if (rule.BytesPerSecond is { } rate)
        {
            await inner.FlushAsync(cancellationToken);
            var due = TimeSpan.FromSeconds((double)Sent / rate) - time.GetElapsedTime(_started);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, time, cancellationToken);
            }
        }
    }
}
