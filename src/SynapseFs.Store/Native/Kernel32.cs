using System.Runtime.InteropServices;

namespace SynapseFs.Store.Native;

/// <summary>Windows's functions by their own names, nothing added.</summary>
internal static partial class Kernel32
{
    public const int ERROR_ALREADY_EXISTS = 183;

    [LibraryImport("kernel32", EntryPoint = "CreateDirectoryW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CreateDirectory(string path, nint securityAttributes);
}
