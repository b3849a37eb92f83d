using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Fuse.Native;

/// <summary>The C library's functions by their own names, nothing added.</summary>
internal static partial class Libc
{
    public const int O_RDWR = 2;
    public const int O_CLOEXEC = 0x80000;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int F_SETFD = 2;
    public const int FD_CLOEXEC = 1;
    public const int AF_UNIX = 1;
    public const int SOCK_STREAM = 1;
    public const int SOCK_SEQPACKET = 5;
    public const int SOL_SOCKET = 1;
    public const int SCM_RIGHTS = 1;
    public const nuint MS_RDONLY = 1;
    public const nuint MS_NOSUID = 2;
    public const nuint MS_NODEV = 4;
    public const int MNT_FORCE = 1;
    public const int MNT_DETACH = 2;
    public const int UMOUNT_NOFOLLOW = 8;
    public const int AT_FDCWD = -100;
    public const int AT_STATX_FORCE_SYNC = 0x2000;
    public const int MADV_HUGEPAGE = 14;
    public const uint STATX_BASIC_STATS = 0x7ff;

    private const string Name = "libc";

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle open(string path, int flags);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial nint read(SafeFileHandle descriptor, ref byte buffer, nuint length);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial nint writev(SafeFileHandle descriptor, in IoVector vectors, int count);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int ioctl(SafeFileHandle descriptor, nuint request, ref uint argument);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int ioctl(SafeFileHandle descriptor, nuint request, ref BackingMap argument);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int fcntl(SafeFileHandle descriptor, int command, int argument);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int socketpair(int domain, int type, int protocol, out DescriptorPair pair);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial nint recvmsg(SafeFileHandle socket, ref MessageHeader message, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mount(string source, string target, string type, nuint flags, string options);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int umount2(string target, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(int directory, string path, int flags, uint mask, out StatxBuffer result);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int madvise(ref byte start, nuint length, int advice);

    [LibraryImport(Name)]
    internal static partial uint geteuid();

    [LibraryImport(Name)]
    internal static partial uint getuid();

    [LibraryImport(Name)]
    internal static partial uint getgid();

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int setsid();
}
