using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Store.Native;

/// <summary>The C library's functions by their own names, nothing added. Constants are Linux's.</summary>
internal static partial class Libc
{
    public const int O_RDONLY = 0;
    public const int O_CLOEXEC = 0x80000;
    public const int EINTR = 4;

    private const string Name = "libc";

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle open(string path, int flags);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int fsync(SafeFileHandle descriptor);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int fdatasync(SafeFileHandle descriptor);
}
