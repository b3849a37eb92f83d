namespace SynapseFs.Cli.Checks;

/// <summary>Whether this machine can mount at all.</summary>
internal sealed class MachineChecks(Surroundings surroundings)
{
    public IEnumerable<CheckResult> Run() => [Kernel(Environment.OSVersion.Version), Device(), Fusermount(), AllowOther(), Passthrough(Environment.OSVersion.Version, surroundings.IsAdministrator)];

    /// <summary>FUSE's mounting by any user needs 4.18; the handshake flags we ask for are optional.</summary>
    public static CheckResult Kernel(Version version) => version >= new Version(4, 18)
        ? CheckResult.Ok("kernel", $"Linux {version}")
        : CheckResult.Fail("kernel", $"Linux {version} is older than 4.18.", "Use a newer kernel; Debian 10 and Ubuntu 20.04 have one.");

    public CheckResult Device()
    {
        const string Name = "FUSE device";
        var device = surroundings.FuseDevice;
        if (!File.Exists(device))
            return CheckResult.Fail(
                Name, $"{device} is missing.", "Load the module: sudo modprobe fuse. In a container: docker run --device /dev/fuse --cap-add SYS_ADMIN …");
        try
        {
            using var open = new FileStream(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return CheckResult.Ok(Name, $"{device} can be opened.");
        }
        catch (UnauthorizedAccessException)
        {
            return CheckResult.Fail(
                Name, $"You may not open {device}.", $"Open it to everybody as udev's rule does: sudo chmod 666 {device}. In a container also: docker run --device /dev/fuse …");
        }
        catch (IOException problem)
        {
            return CheckResult.Fail(Name, $"{device} does not open: {problem.Message}", "In a container: docker run --device /dev/fuse --cap-add SYS_ADMIN …");
        }
    }

    public CheckResult Fusermount()
    {
        const string Name = "fusermount3";
        if (surroundings.FindProgram("fusermount3") is not { } path)
        {
            return surroundings.IsRoot
                ? CheckResult.Ok(Name, "Not installed, and not needed by root.")
                : CheckResult.Fail(Name, "It is not on the PATH, and an ordinary user mounts through it.", "Install it: sudo apt-get install fuse3");
        }
        if (surroundings.IsRoot || OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.SetUser))
            return CheckResult.Ok(Name, path);
        return CheckResult.Fail(Name, $"{path} has lost its set-user-id bit.", $"Give it back: sudo chmod u+s {path}");
    }

    /// <summary>Never a failure: without it cached files are read through this program.</summary>
    public static CheckResult Passthrough(Version kernel, bool isAdministrator)
    {
        const string Name = "passthrough";
        var lacks = kernel < new Version(6, 9) ? "Linux 6.9" : isAdministrator ? null : "CAP_SYS_ADMIN";
        return CheckResult.Ok(Name, lacks is null
            ? "The kernel may read cached files itself where they cannot be changed."
            : $"Cached files are read through this program; for the kernel to do it would need {lacks}.");
    }

    public CheckResult AllowOther()
    {
        const string Name = "--allow-other";
        if (surroundings.IsRoot)
            return CheckResult.Ok(Name, "Root may use it.");
        var isAllowed = File.Exists(surroundings.FuseConfiguration) &&
            File.ReadLines(surroundings.FuseConfiguration).Any(line => line.Trim() == "user_allow_other");
        return isAllowed
            ? CheckResult.Ok(Name, $"user_allow_other stands in {surroundings.FuseConfiguration}.")
            : CheckResult.Warn(
                Name,
                $"Mounts are for yourself only: {surroundings.FuseConfiguration} has no line user_allow_other.",
                $"Only if others shall see your mounts: echo user_allow_other | sudo tee -a {surroundings.FuseConfiguration}");
    }
}
