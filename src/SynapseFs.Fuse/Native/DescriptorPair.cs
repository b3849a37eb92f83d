using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Native;

/// <summary>The int[2] that socketpair fills.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DescriptorPair(int First, int Second);
