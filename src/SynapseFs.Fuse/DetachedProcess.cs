using System.Runtime.InteropServices;
using SynapseFs.Fuse.Native;

namespace SynapseFs.Fuse;

/// <summary>What a program does to outlive the terminal that started it.</summary>
public static class DetachedProcess
{
    /// <summary>Leaves the terminal's session (setsid), so that closing the terminal ends nothing here.</summary>
    /// <exception cref="InvalidOperationException">This process leads a process group already, as one started by a shell does.</exception>
    public static void BecomeSessionLeader()
    {
        if (Libc.setsid() < 0)
            throw new InvalidOperationException($"setsid failed: {Marshal.GetLastPInvokeErrorMessage()}.");
    }
}
