using System.Buffers;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// A content that its source can only tell from the beginning, once its length has become known: a range is reached by skipping
/// what lies before it.
/// </summary>
internal sealed class FromStart(RemoteContent source, long length) : RemoteContent
{
    public override long? Length => length;

    public override async Task<Stream> OpenRangeAsync(
        long offset, long? length, Urgency urgency, CancellationToken cancellationToken)
    {
        var stream = await source.OpenRangeAsync(0, null, urgency, cancellationToken);
        try
        {
            await SkipAsync(stream, offset, cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task SkipAsync(Stream stream, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (count > 0)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
                if (read == 0)
                    throw new FsException(FsError.InputOutput, "A content became shorter than it was when first read.");
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
