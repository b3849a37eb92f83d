using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Native;

/// <summary>struct statx (256 bytes, the same on every architecture); only what mounting asks about is named.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxBuffer
{
    /// <summary>Type and permission bits, as in st_mode.</summary>
    [FieldOffset(28)]
    public ushort Mode;
}
