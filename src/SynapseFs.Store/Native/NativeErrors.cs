using System.Runtime.InteropServices;

namespace SynapseFs.Store.Native;

/// <summary>The C library's errors as the runtime would report them: the error's number is the exception's result.</summary>
internal static class NativeErrors
{
    /// <summary>The error of the call just made.</summary>
    public static IOException Last()
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }
}
