using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Store.Native;

namespace SynapseFs.Store;

/// <summary>What makes bytes and names survive a power failure. Returns when the disk says so.</summary>
internal static class DiskSync
{
    /// <summary>The bytes written to a file before, and as much about the file as reading them takes.</summary>
    /// <exception cref="IOException">They may be lost, and asking again would not tell.</exception>
    public static void Bytes(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
            Check(file, Libc.fdatasync);
        else
            RandomAccess.FlushToDisk(file);
    }

    /// <summary>
    /// The names in a directory: files made, renamed and deleted there before. Nothing where there is no such call (Windows, some network
    /// filesystems) or the directory may not be read.
    /// </summary>
    /// <exception cref="IOException">They may be lost.</exception>
    public static void Names(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = Libc.open(directory, Libc.O_RDONLY | (OperatingSystem.IsLinux() ? Libc.O_CLOEXEC : 0));
        if (!handle.IsInvalid)
            Check(handle, Libc.fsync, Libc.EINVAL, Libc.ENOSYS, Libc.EOPNOTSUPP);
        else if (Marshal.GetLastPInvokeError() != Libc.EACCES)
            throw NativeErrors.Last();
    }

    private static void Check(SafeFileHandle handle, Func<SafeFileHandle, int> call, params ReadOnlySpan<int> harmless)
    {
        while (call(handle) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (harmless.Contains(error))
                return;
            if (error != Libc.EINTR)
                throw NativeErrors.Last();
        }
    }
}
