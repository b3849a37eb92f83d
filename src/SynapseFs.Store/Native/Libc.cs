using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Store.Native;

/// <summary>The C library's functions by their own names, nothing added. Constants are Linux's.</summary>
internal static partial class Libc
{
    public const int O_RDONLY = 0;
    public const int O_CLOEXEC = 0x80000;
    public const int AT_FDCWD = -100;
    public const uint STATX_BLOCKS = 0x400;
    public const int FALLOC_FL_KEEP_SIZE = 1;
    public const int FALLOC_FL_PUNCH_HOLE = 2;
    public const uint SYNC_FILE_RANGE_WRITE = 2;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int EINVAL = 22;
    public const int ENOSPC = 28;
    public const int ENOSYS = 38;
    public const int EOPNOTSUPP = 95;
    public const int EDQUOT = 122;

    private const string Name = "libc";

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle open(string path, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkdir(string path, uint mode);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int fsync(SafeFileHandle descriptor);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int fdatasync(SafeFileHandle descriptor);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int fallocate(SafeFileHandle descriptor, int mode, long offset, long length);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int sync_file_range(SafeFileHandle descriptor, long offset, long length, uint flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(int directory, string path, int flags, uint mask, out StatxBuffer result);
}
