namespace SynapseFs.Cli.Tests.Running;

/// <summary>What this machine lets a test do.</summary>
internal static class Machine
{
    /// <summary>Skips the test where nothing can be mounted, with the reason.</summary>
    public static void RequireFuse()
    {
        try
        {
            using var device = new FileStream("/dev/fuse", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Assert.Ignore($"Nothing can be mounted here: {problem.Message}");
        }
    }

    /// <summary>Skips the test where it cannot make mounts and users of its own.</summary>
    public static void RequireRoot()
    {
        if (Environment.UserName != "root")
            Assert.Ignore("Hiding devices and programs takes root.");
    }

    public static bool IsMounted(string path) =>
        File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == path.Replace(" ", "\\040", StringComparison.Ordinal));
}
