using System.Runtime.InteropServices;

namespace SynapseFs.Store.Native;

/// <summary><c>struct statx</c>, as far as it is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxBuffer
{
    /// <summary>stx_blocks: units of 512 bytes, whatever the filesystem's block is.</summary>
    [FieldOffset(48)]
    public ulong Blocks;
}
