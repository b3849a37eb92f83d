using System.Runtime.Versioning;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>What the machine must have for a mount, and the little that tests running as root may put right.</summary>
internal static class FuseDeviceAccess
{
    private const string Device = "/dev/fuse";

    public static bool IsRoot => Environment.UserName == "root";

    public static void Require()
    {
        if (!File.Exists(Device))
            Assert.Ignore("This machine has no /dev/fuse, so nothing can be mounted.");
    }

    /// <summary>Opens the device to everybody, as udev's rule of Debian does; containers start with it closed.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void OpenToEverybody()
    {
        Require();
        const UnixFileMode everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (File.GetUnixFileMode(Device) == everybody)
            return;
        if (!IsRoot)
            Assert.Ignore("/dev/fuse is closed to ordinary users here, and only root can open it.");
        TestContext.Progress.WriteLine("/dev/fuse was closed to ordinary users: chmod 666 /dev/fuse, as Debian's udev rule does.");
        File.SetUnixFileMode(Device, everybody);
    }
}
