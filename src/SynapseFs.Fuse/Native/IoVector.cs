using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Native;

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct IoVector(nint Address, nuint Length);
