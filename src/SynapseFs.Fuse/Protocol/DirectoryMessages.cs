using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_dirent, followed by the name and zeros up to the next multiple of 8.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DirectoryEntryHeader(ulong Inode, ulong NextCookie, uint NameLength, uint Type);

/// <summary>struct fuse_statfs_out.</summary>
[StructLayout(LayoutKind.Sequential, Size = 80)]
internal readonly record struct StatFsOut
{
    public ulong Blocks { get; init; }

    public ulong FreeBlocks { get; init; }

    public ulong AvailableBlocks { get; init; }

    public ulong Files { get; init; }

    public ulong FreeFiles { get; init; }

    public uint BlockSize { get; init; }

    public uint NameLength { get; init; }

    public uint FragmentSize { get; init; }
}
