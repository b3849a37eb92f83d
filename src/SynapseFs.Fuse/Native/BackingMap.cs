using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Native;

/// <summary>struct fuse_backing_map.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BackingMap(int Descriptor, uint Flags, ulong Padding);
