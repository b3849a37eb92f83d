using Microsoft.Extensions.Logging;

namespace SynapseFs.Fuse.Mounting;

/// <summary>The kernel's end of a mount in /sys/fs/fuse/connections, where its owner may cut it off.</summary>
internal static class FuseConnection
{
    /// <summary>Ends the connection of a mount that nobody can unmount: its users get ENOTCONN, our readers ENODEV.</summary>
    public static void Abort(MountTableEntry entry, ILogger logger)
    {
        try
        {
            File.WriteAllText($"/sys/fs/fuse/connections/{entry.DeviceMinor}/abort", "1");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Log.UnmountFailed(logger, entry.Mountpoint, problem.Message);
        }
    }
}
