using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_entry_out. All zero means "no such name" to LOOKUP and "name only" to READDIRPLUS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct EntryOut
{
    public ulong NodeId { get; init; }

    /// <summary>Always 0: an inode number is never used for a second thing.</summary>
    public ulong Generation { get; init; }

    public ulong EntryValidSeconds { get; init; }

    public ulong AttrValidSeconds { get; init; }

    public uint EntryValidNanoseconds { get; init; }

    public uint AttrValidNanoseconds { get; init; }

    public FuseAttr Attr { get; init; }
}

/// <summary>struct fuse_forget_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ForgetIn(ulong Lookups);

/// <summary>struct fuse_batch_forget_in, followed by Count times <see cref="ForgetOne"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BatchForgetIn(uint Count, uint Padding);

/// <summary>struct fuse_forget_one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ForgetOne(ulong NodeId, ulong Lookups);

/// <summary>struct fuse_mknod_in, followed by the name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MkNodIn(uint Mode, uint Device, uint Umask, uint Padding);

/// <summary>struct fuse_mkdir_in, followed by the name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MkDirIn(uint Mode, uint Umask);

/// <summary>struct fuse_rename_in, followed by the old and the new name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RenameIn(ulong NewParent);

/// <summary>struct fuse_rename2_in, followed by the old and the new name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Rename2In(ulong NewParent, uint Flags, uint Padding);

/// <summary>struct fuse_link_in, followed by the new name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LinkIn(ulong OldNodeId);
