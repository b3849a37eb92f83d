using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SynapseFs.Vfs;

namespace SynapseFs.EndToEnd.Tests.ReferenceModel;

/// <summary>System calls as a program makes them; what they fail with is thrown as the verbs of a filesystem throw it.</summary>
internal static partial class Libc
{
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int Truncate = 0x200;
    public const int Append = 0x400;

    /// <summary>Children that are started meanwhile must not keep the mount busy.</summary>
    public const int CloseOnExec = 0x80000;

    private const int AtCurrentDirectory = -100;
    private const int OfDescriptor = 0x1000;
    private const int NotThroughLinks = 0x100;
    private const uint BasicFacts = 0x7ff;
    private const nuint Remount = 0x20;
    private const nuint NoSetuid = 0x2;
    private const nuint NoDevices = 0x4;

    /// <summary>The result, or what it failed with as an exception.</summary>
    /// <exception cref="FsException">The call failed.</exception>
    public static long Require(nint result)
    {
        if (result >= 0)
            return result;
        var errno = Marshal.GetLastPInvokeError();
        throw new FsException(ErrorOf(errno), Marshal.GetPInvokeErrorMessage(errno));
    }

    /// <summary>Of what the path leads to; null when there is nothing.</summary>
    public static Attributes? Stat(string path)
    {
        try
        {
            return Stat(AtCurrentDirectory, path, NotThroughLinks);
        }
        catch (FsException failure) when (failure.Error is FsError.NotFound or FsError.NotADirectory)
        {
            return null;
        }
    }

    /// <summary>Of an open file.</summary>
    public static Attributes Stat(int descriptor) => Stat(descriptor, "", OfDescriptor);

    /// <summary>The kernel forgets every name below a mount that nobody uses just now; only root may ask for that.</summary>
    public static bool TryForgetNames(string mountpoint) =>
        mount(null, mountpoint, null, Remount | NoSetuid | NoDevices, 0) == 0;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int open(string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fsync(int descriptor);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int truncate(string path, long length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ftruncate(int descriptor, long length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fallocate(int descriptor, int mode, long offset, long length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint pwrite(int descriptor, ReadOnlySpan<byte> buffer, nint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint pread(int descriptor, Span<byte> buffer, nint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint copy_file_range(
        int source, ref long sourceOffset, int target, ref long targetOffset, nint length, uint flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int renameat2(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int unlink(string path);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int mkdir(string path, uint mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int rmdir(string path);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(int directory, string path, int flags, uint mask, Span<byte> facts);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int mount(string? source, string target, string? type, nuint flags, nint data);

    // struct statx has the same places on every machine; little-endian here, as all that this runs on.
    private static Attributes Stat(int directory, string path, int flags)
    {
        const int Mode = 28, Inode = 32, Length = 40, DirectoryType = 4;
        Span<byte> facts = stackalloc byte[256];
        Require(statx(directory, path, flags, BasicFacts, facts));
        var type = BinaryPrimitives.ReadUInt16LittleEndian(facts[Mode..]) >> 12 == DirectoryType ? NodeType.Directory : NodeType.File;
        return new Attributes
        {
            Inode = new InodeNumber(BinaryPrimitives.ReadUInt64LittleEndian(facts[Inode..])),
            Type = type,
            Length = BinaryPrimitives.ReadInt64LittleEndian(facts[Length..]),
            Permissions = FilePermissions.None,
            Modified = default,
        };
    }

    private static FsError ErrorOf(int errno) => errno switch
    {
        1 => FsError.NotPermitted,
        2 => FsError.NotFound,
        5 => FsError.InputOutput,
        9 => FsError.BadHandle,
        13 => FsError.AccessDenied,
        16 => FsError.Busy,
        17 => FsError.AlreadyExists,
        18 => FsError.CrossDevice,
        20 => FsError.NotADirectory,
        21 => FsError.IsADirectory,
        22 => FsError.InvalidArgument,
        39 => FsError.NotEmpty,
        95 => FsError.NotSupported,
        116 => FsError.Stale,
        _ => throw new IOException($"errno {errno}"),
    };
}
