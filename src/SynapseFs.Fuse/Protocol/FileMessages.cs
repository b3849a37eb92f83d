using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_open_in, for files and directories.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OpenIn(uint Flags, uint OpenFlags);

/// <summary>struct fuse_create_in, followed by the name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CreateIn(uint Flags, uint Mode, uint Umask, uint OpenFlags);

/// <summary>struct fuse_open_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OpenOut(ulong Handle, FuseOpenFlags Flags, int BackingId);

/// <summary>struct fuse_entry_out and fuse_open_out together: the reply to CREATE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CreateOut(EntryOut Entry, OpenOut Open);

/// <summary>FOPEN_*.</summary>
[Flags]
internal enum FuseOpenFlags : uint
{
    None = 0,
    DirectIo = 1 << 0,
    KeepCache = 1 << 1,
    CacheDirectory = 1 << 3,
    Passthrough = 1 << 7,
}

/// <summary>struct fuse_read_in, also of READDIR and READDIRPLUS, where Offset is the cookie.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ReadIn(
    ulong Handle, ulong Offset, uint Length, uint ReadFlags, ulong LockOwner, uint Flags, uint Padding);

/// <summary>struct fuse_write_in, followed by the bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WriteIn(
    ulong Handle, ulong Offset, uint Length, uint WriteFlags, ulong LockOwner, uint Flags, uint Padding);

/// <summary>struct fuse_write_out, also of COPY_FILE_RANGE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WriteOut(uint Length, uint Padding);

/// <summary>struct fuse_release_in, for files and directories.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ReleaseIn(ulong Handle, uint Flags, uint ReleaseFlags, ulong LockOwner);

/// <summary>struct fuse_flush_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FlushIn(ulong Handle, uint Unused, uint Padding, ulong LockOwner);

/// <summary>struct fuse_fsync_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FSyncIn(ulong Handle, uint Flags, uint Padding)
{
    public const uint ContentOnly = 1;
}

/// <summary>struct fuse_fallocate_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FAllocateIn(ulong Handle, ulong Offset, ulong Length, uint Mode, uint Padding);

/// <summary>struct fuse_lseek_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LSeekIn(ulong Handle, ulong Offset, uint Whence, uint Padding)
{
    public const uint SeekData = 3;
    public const uint SeekHole = 4;
}

/// <summary>struct fuse_lseek_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LSeekOut(ulong Offset);

/// <summary>struct fuse_copy_file_range_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CopyFileRangeIn(
    ulong SourceHandle, ulong SourceOffset, ulong TargetNodeId, ulong TargetHandle, ulong TargetOffset, ulong Length, ulong Flags);

/// <summary>struct fuse_copy_file_range_out (7.45): what COPY_FILE_RANGE_64 answers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CopyFileRangeOut(ulong Copied);
