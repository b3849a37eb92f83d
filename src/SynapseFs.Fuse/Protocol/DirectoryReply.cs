using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Protocol;

/// <summary>
/// Collects a listing's entries into the reply of READDIR or READDIRPLUS. The kernel's cookies 1 and 2 follow "." and "..",
/// which the contract does not list; the contract's cookies come after them, shifted by <see cref="CookieShift"/>.
/// </summary>
internal sealed class DirectoryReply(Memory<byte> buffer, bool withDetails, AttributeEncoding encoding) : IDirectoryWriter
{
    /// <summary>Kernel cookie less contract cookie.</summary>
    public const long CookieShift = 2;

    private const int Alignment = 8;

    public int Length { get; private set; }

    public bool WantsDetails => withDetails;

    /// <summary>Adds "." and ".." as far as <paramref name="cookie"/> asks for them; false when they do not fit.</summary>
    public bool TryAddDots(long cookie, InodeNumber directory, InodeNumber parent) =>
        (cookie > 0 || TryAdd("."u8, directory, NodeType.Directory, 1, default))
        && (cookie > 1 || TryAdd(".."u8, parent, NodeType.Directory, 2, default));

    public bool TryAdd(in DirectoryEntry entry)
    {
        Span<byte> name = stackalloc byte[FileName.MaximumBytes];
        var length = Encoding.UTF8.GetBytes(entry.Name.Value, name);
        var details = withDetails && entry.Details is { } known ? encoding.ToEntry(known) : default;
        return TryAdd(name[..length], entry.Inode, entry.Type, entry.NextCookie + CookieShift, details);
    }

    private bool TryAdd(ReadOnlySpan<byte> name, InodeNumber inode, NodeType type, long nextCookie, in EntryOut details)
    {
        var head = (withDetails ? Unsafe.SizeOf<EntryOut>() : 0) + Unsafe.SizeOf<DirectoryEntryHeader>();
        var total = (head + name.Length + Alignment - 1) & ~(Alignment - 1);
        var record = buffer.Span[Length..];
        if (total > record.Length)
            return false;
        record = record[..total];
        record[head..].Clear();
        var rest = record;
        if (withDetails)
        {
            MemoryMarshal.Write(rest, details);
            rest = rest[Unsafe.SizeOf<EntryOut>()..];
        }

        MemoryMarshal.Write(
            rest, new DirectoryEntryHeader(inode.Value, (ulong)nextCookie, (uint)name.Length, AttributeEncoding.TypeBits(type) >> 12));
        name.CopyTo(rest[Unsafe.SizeOf<DirectoryEntryHeader>()..]);
        Length += total;
        return true;
    }
}
