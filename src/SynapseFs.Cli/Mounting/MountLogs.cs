using System.Globalization;

namespace SynapseFs.Cli.Mounting;

/// <summary>The logs of background mounts, one file a process; those of long ago are cleared away when a new one begins.</summary>
internal static class MountLogs
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    public static string PathFor(string stateRoot, int pid)
    {
        if (Directory.Exists(stateRoot))
            RemoveOld(stateRoot);
        return Path.Combine(stateRoot, string.Create(CultureInfo.InvariantCulture, $"mount-{pid}.log"));
    }

    private static void RemoveOld(string stateRoot)
    {
        var limit = DateTime.UtcNow - Kept;
        foreach (var log in new DirectoryInfo(stateRoot).EnumerateFiles("mount-*.log*").Where(log => log.LastWriteTimeUtc < limit))
            log.Delete();
    }
}
