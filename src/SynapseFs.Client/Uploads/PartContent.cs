using System.Buffers;
using System.Net;
using System.Security.Cryptography;

namespace SynapseFs.Client.Uploads;

/// <summary>The bytes of one part on their way, hashed as they go: what is confirmed is what was sent.</summary>
internal sealed class PartContent(UploadSource source, long offset, long length, Action moved) : HttpContent
{
    private const int Piece = 128 * 1024;

    /// <summary>MD5 of what was sent last, in lower-case hex; null before.</summary>
    public string? Md5Hex { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Begins anew when the handler repeats the request on another connection.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (long done = 0; done < length;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(Piece, length - done));
                await source.ReadAsync(offset + done, piece, cancellationToken);
                hash.AppendData(piece.Span);
                await stream.WriteAsync(piece, cancellationToken);
                done += piece.Length;
                moved();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        Md5Hex = Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    // The storage takes no chunked bodies.
    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
