using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Protocol;

/// <summary>Names as the kernel sends them: any bytes. Only UTF-8 has a counterpart here, and nothing is repaired or guessed.</summary>
internal static class NameEncoding
{
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
        return text is not null;
    }

    /// <summary>Null where the bytes are no UTF-8.</summary>
    public static FileName? ToFileName(ReadOnlySpan<byte> bytes) => TryDecode(bytes, out var text) ? FileName.Create(text) : null;
}
