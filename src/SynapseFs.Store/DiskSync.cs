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

    /// <summary>The names in a directory: files made, renamed and deleted there before. Nothing on Windows, which has no such call.</summary>
    /// <exception cref="IOException">They may be lost.</exception>
    public static void Names(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = Libc.open(directory, Libc.O_RDONLY | (OperatingSystem.IsLinux() ? Libc.O_CLOEXEC : 0));
        if (handle.IsInvalid)
            throw LastError();
        Check(handle, Libc.fsync);
    }

    private static void Check(SafeFileHandle handle, Func<SafeFileHandle, int> call)
    {
        while (call(handle) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.EINTR)
                throw LastError();
        }
    }

    /// <summary>As the runtime does it: the error's number is the exception's result.</summary>
    private static IOException LastError()
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }
}
