using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_setxattr_in without SETXATTR_EXT, followed by the name and the value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SetXattrIn(uint Length, uint Flags);

/// <summary>struct fuse_getxattr_in, followed by the name for GETXATTR only. Length 0 asks for the length.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct GetXattrIn(uint Length, uint Padding);

/// <summary>struct fuse_getxattr_out: the answer to a question for the length.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct GetXattrOut(uint Length, uint Padding);
