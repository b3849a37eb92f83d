using System.Text;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>What a person wrote, as the text that it has to be.</summary>
internal static class WrittenText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="FsException">InvalidArgument, with the reason.</exception>
    public static void RequireText(ReadOnlySpan<byte> content)
    {
        if (content.Contains((byte)0))
            throw new FsException(FsError.InvalidArgument, "It has a NUL in it, which no text has.");
        try
        {
            Strict.GetCharCount(content);
        }
        catch (DecoderFallbackException)
        {
            throw new FsException(FsError.InvalidArgument, "It is not UTF-8; convert it (iconv -t utf-8).");
        }
    }

    /// <summary>All that was written.</summary>
    /// <exception cref="ChangeRefusedException">Impossible: something else than a content was to be changed.</exception>
    public static async Task<byte[]> ReadAsync(string name, LocalContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
            throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{name}' can be written, and nothing else.");
        if (content.Completing is { } completing)
            await completing(cancellationToken);
        try
        {
            return await File.ReadAllBytesAsync(content.Path, cancellationToken);
        }
        catch (IOException failure)
        {
            throw new FsException(FsError.InputOutput, $"What was written cannot be read: {failure.Message}", failure);
        }
    }
}
