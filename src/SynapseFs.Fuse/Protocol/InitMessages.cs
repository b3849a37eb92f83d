using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_init_in; kernels before 7.36 end after Flags.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InitIn(uint Major, uint Minor, uint MaxReadAhead, uint Flags, uint Flags2)
{
    public FuseFeatures Offered =>
        (FuseFeatures)Flags | (((FuseFeatures)Flags & FuseFeatures.InitExt) != 0 ? (FuseFeatures)((ulong)Flags2 << 32) : 0);
}

/// <summary>struct fuse_init_out, 64 bytes since 7.23.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct InitOut
{
    /// <summary>Both words of flags as one.</summary>
    public FuseFeatures Features => (FuseFeatures)(Flags | ((ulong)Flags2 << 32));

    public uint Major { get; init; }

    public uint Minor { get; init; }

    public uint MaxReadAhead { get; init; }

    public uint Flags { get; init; }

    public ushort MaxBackground { get; init; }

    public ushort CongestionThreshold { get; init; }

    public uint MaxWrite { get; init; }

    /// <summary>Nanoseconds that timestamps are a multiple of.</summary>
    public uint TimeGranularity { get; init; }

    public ushort MaxPages { get; init; }

    public ushort MapAlignment { get; init; }

    public uint Flags2 { get; init; }

    public uint MaxStackDepth { get; init; }

    public ulong Unused0 { get; init; }

    public ulong Unused1 { get; init; }

    public ulong Unused2 { get; init; }
}
