using System.Runtime.InteropServices;
using SynapseFs.Store.Native;

namespace SynapseFs.Store;

/// <summary>Making a directory so that one learns whether it was there: what programs use as a lock. The runtime's own call does not tell.</summary>
public static class NewDirectory
{
    private const uint OwnerOnly = 0b111_000_000;

    /// <summary>False: something of that name is there already.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static bool TryCreate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isMade = OperatingSystem.IsWindows() ? Kernel32.CreateDirectory(path, 0) : Libc.mkdir(path, OwnerOnly) == 0;
        if (isMade)
            return true;
        return Marshal.GetLastPInvokeError() == (OperatingSystem.IsWindows() ? Kernel32.ERROR_ALREADY_EXISTS : Libc.EEXIST)
            ? false
            : throw NativeErrors.Last();
    }
}
