using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_interrupt_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InterruptIn(ulong Unique);
