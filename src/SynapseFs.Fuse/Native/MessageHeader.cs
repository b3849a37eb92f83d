using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Native;

/// <summary>struct msghdr of a 64-bit Linux. musl's narrower counts with padding read the same on little-endian machines.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct MessageHeader
{
    public nint Name { get; set; }

    public nuint NameLength { get; set; }

    public nint Vectors { get; set; }

    public nuint VectorCount { get; set; }

    public nint Control { get; set; }

    public nuint ControlLength { get; set; }

    public long Flags { get; set; }
}
