using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_in_header: opens every request. Host byte order, as everything on /dev/fuse.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InHeader(
    uint Length, FuseOpcode Opcode, ulong Unique, ulong NodeId, uint UserId, uint GroupId, uint ProcessId, ushort ExtensionLength,
    ushort Padding)
{
    public const int Size = 40;
}

/// <summary>struct fuse_out_header: opens every reply; Error is a negative errno, or a notification's code when Unique is 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OutHeader(uint Length, int Error, ulong Unique)
{
    public const int Size = 16;
}
