using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>enum fuse_notify_code, travelling in the error field of a reply to nobody.</summary>
internal enum NotifyCode
{
    InvalidateInode = 2,
    InvalidateEntry = 3,
    Delete = 6,
}

/// <summary>struct fuse_notify_inval_inode_out. Offset -1 leaves the pages alone; length 0 means to the end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InvalidateInodeOut(ulong Inode, long Offset, long Length);

/// <summary>struct fuse_notify_inval_entry_out, followed by the name and its zero.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InvalidateEntryOut(ulong Parent, uint NameLength, uint Flags);

/// <summary>struct fuse_notify_delete_out, followed by the name and its zero.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DeleteOut(ulong Parent, ulong Child, uint NameLength, uint Padding);
