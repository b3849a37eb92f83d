using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>struct fuse_attr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FuseAttr
{
    public ulong Inode { get; init; }

    public ulong Length { get; init; }

    public ulong Blocks { get; init; }

    public long AccessSeconds { get; init; }

    public long ModifySeconds { get; init; }

    public long ChangeSeconds { get; init; }

    public uint AccessNanoseconds { get; init; }

    public uint ModifyNanoseconds { get; init; }

    public uint ChangeNanoseconds { get; init; }

    public uint Mode { get; init; }

    public uint LinkCount { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public uint Device { get; init; }

    public uint BlockSize { get; init; }

    public uint Flags { get; init; }
}

/// <summary>struct fuse_getattr_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct GetAttrIn(uint Flags, uint Padding, ulong Handle)
{
    public const uint HasHandle = 1;
}

/// <summary>struct fuse_attr_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AttrOut(ulong ValidSeconds, uint ValidNanoseconds, uint Padding, FuseAttr Attr);

/// <summary>struct fuse_setattr_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SetAttrIn(
    SetAttrFields Valid, uint Padding, ulong Handle, ulong Length, ulong LockOwner, long AccessSeconds, long ModifySeconds,
    long ChangeSeconds, uint AccessNanoseconds, uint ModifyNanoseconds, uint ChangeNanoseconds, uint Mode, uint Unused4, uint UserId,
    uint GroupId, uint Unused5);

/// <summary>FATTR_*: which fields of a SETATTR count.</summary>
[Flags]
internal enum SetAttrFields : uint
{
    Mode = 1 << 0,
    UserId = 1 << 1,
    GroupId = 1 << 2,
    Length = 1 << 3,
    Accessed = 1 << 4,
    Modified = 1 << 5,
    Handle = 1 << 6,
    AccessedNow = 1 << 7,
    ModifiedNow = 1 << 8,
}

/// <summary>struct fuse_sx_time.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct StatxTime(long Seconds, uint Nanoseconds, int Reserved);

/// <summary>struct fuse_statx_in (7.39).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct StatxIn(uint Flags, uint Reserved, ulong Handle, uint StatxFlags, uint StatxMask);

/// <summary>struct fuse_statx_out with its struct fuse_statx unfolded.</summary>
[StructLayout(LayoutKind.Sequential, Size = 288)]
internal readonly record struct StatxOut
{
    public const uint BasicStats = 0x7ff;
    public const uint BirthTime = 0x800;

    public ulong ValidSeconds { get; init; }

    public uint ValidNanoseconds { get; init; }

    public uint Flags { get; init; }

    public ulong Spare0 { get; init; }

    public ulong Spare1 { get; init; }

    public uint Mask { get; init; }

    public uint BlockSize { get; init; }

    public ulong Attributes { get; init; }

    public uint LinkCount { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public ushort Mode { get; init; }

    public ushort Spare2 { get; init; }

    public ulong Inode { get; init; }

    public ulong Length { get; init; }

    public ulong Blocks { get; init; }

    public ulong AttributesMask { get; init; }

    public StatxTime Accessed { get; init; }

    public StatxTime Created { get; init; }

    public StatxTime Changed { get; init; }

    public StatxTime Modified { get; init; }
}
