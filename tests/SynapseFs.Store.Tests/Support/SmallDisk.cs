using System.Diagnostics;
using System.Runtime.Versioning;

namespace SynapseFs.Store.Tests.Support;

/// <summary>A disk in memory that is soon full. Only root may make one: the test is left out for everybody else.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("small-disk-");

    public SmallDisk(int mebibytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", _place.FullName) == 0)
            return;
        _place.Delete();
        Assume.That(false, "This user cannot mount a disk in memory.");
    }

    public string Path => _place.FullName;

    public void Dispose()
    {
        Run("umount", _place.FullName);
        _place.Delete();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
