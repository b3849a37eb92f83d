using System.Buffers;
using System.Security.Cryptography;

namespace SynapseFs.Client.Uploads;

/// <summary>Bytes to upload, readable anywhere, several readers at a time.</summary>
internal abstract class UploadSource : IDisposable
{
    private const int HashPiece = 1 << 20;

    public abstract long Length { get; }

    /// <summary>Fills the buffer.</summary>
    /// <exception cref="SynapseException">LocalFile: it became shorter, or cannot be read.</exception>
    public abstract Task ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <exception cref="SynapseException">LocalFile: the content was changed since the upload began.</exception>
    public abstract void CheckUnchanged();

    /// <summary>MD5 of the whole content in lower-case hex.</summary>
    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = ArrayPool<byte>.Shared.Rent(HashPiece);
        try
        {
            for (long done = 0; done < Length;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(HashPiece, Length - done));
                await ReadAsync(done, piece, cancellationToken);
                hash.AppendData(piece.Span);
                done += piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public static UploadSource Open(string path) => new FileUploadSource(path);

    public static UploadSource Over(Stream stream) => new StreamUploadSource(stream);

    public void Dispose() => Close();

    protected abstract void Close();

    protected static SynapseException Changed(string what) =>
        new(SynapseFailure.LocalFile, $"{what} was changed while it was being uploaded; upload it again when it is finished.");
}
