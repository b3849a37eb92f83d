using System.Runtime.Versioning;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>Every way in which a mount is refused has a kind and a sentence with a remedy.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MountFailureTests
{
    private static readonly string[] Directly = [];

    [Test]
    public async Task A_missing_mountpoint()
    {
        using var directory = new TemporaryDirectory();

        await RefusedAsync("MountpointMissing", "mkdir -p", Directly, directory.Combine("missing"));
    }

    [Test]
    public async Task A_file_as_mountpoint()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.Combine("file"), "");

        await RefusedAsync("NotADirectory", "choose an empty directory", Directly, directory.Combine("file"));
        await RefusedAsync("NotADirectory", "choose an empty directory", Directly, directory.Combine("file", "below"));
    }

    [Test]
    public async Task A_mountpoint_with_something_in_it()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.Combine(".hidden"), "");

        await RefusedAsync("NotEmpty", "choose an empty directory", Directly, directory.Path);
    }

    [Test]
    public async Task A_mountpoint_that_is_one_already()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--source", "My project");

        await RefusedAsync("AlreadyMounted", $"'My project' is mounted at {directory} already: unmount it with", Directly, directory.Path);
    }

    [Test]
    public async Task No_device()
    {
        using var directory = new TemporaryDirectory();
        await RefusedAsync("NoDevice", "modprobe fuse", await InRoomWhereAsync(directory, "mknod DIR/none c 10 250 && mount --bind DIR/none /dev/fuse"), "/tmp");
    }

    [Test]
    public async Task A_device_closed_to_this_user()
    {
        using var user = await OrdinaryUser.FindAsync();
        using var directory = new TemporaryDirectory();
        var room = await InRoomWhereAsync(directory, "mknod -m 600 DIR/closed c 10 229 && mount --bind DIR/closed /dev/fuse");

        await RefusedAsync("DeviceRefused", "chmod 666 /dev/fuse", [.. room, .. user.Become], await user.MakeDirectoryAsync("m"));
    }

    [Test]
    public async Task No_fusermount()
    {
        using var user = await OrdinaryUser.FindAsync();
        using var directory = new TemporaryDirectory();
        var room = await InRoomWhereAsync(directory, "cp $(which setpriv) DIR && mount -t tmpfs none /usr/bin");
        string[] become = [directory.Combine("setpriv"), .. user.Become.Skip(1)];

        await RefusedAsync("NoFusermount", "apt install fuse3", [.. room, .. become], await user.MakeDirectoryAsync("m"));
    }

    [Test]
    public async Task Allow_other_without_the_administrators_consent()
    {
        using var user = await OrdinaryUser.FindAsync();
        using var directory = new TemporaryDirectory();
        var room = await InRoomWhereAsync(directory, ": > DIR/conf && mount --bind DIR/conf /etc/fuse.conf");

        await RefusedAsync(
            "AllowOtherRefused", "'user_allow_other'", [.. room, .. user.Become], await user.MakeDirectoryAsync("m"), "--allow-other");
    }

    [Test]
    public async Task A_directory_of_somebody_else()
    {
        using var user = await OrdinaryUser.FindAsync();
        if (user.Become.Count == 0)
            Assert.Ignore("Needs root to make somebody else's directory.");
        using var directory = new TemporaryDirectory();

        await RefusedAsync("Refused", "of your own", user.Become, directory.Combine("m"));
    }

    [Test]
    public async Task A_descriptor_that_is_not_open() =>
        await RefusedAsync("Refused", "must hand in its /dev/fuse", Directly, "/dev/fd/731");

    private static async Task RefusedAsync(string failure, string remedy, IReadOnlyList<string> prefix, params string[] arguments)
    {
        FuseDeviceAccess.Require();
        var result = await MemoryMountProcess.FailAsync(prefix, arguments);

        Assert.That(result.Error, Does.StartWith($"{failure}: ").And.Contain(remedy), result.ToString());
        Assert.That(result.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    /// <summary>A command prefix that runs in a mount namespace of its own, prepared by a line of shell in which DIR is a folder.</summary>
    private static async Task<IReadOnlyList<string>> InRoomWhereAsync(TemporaryDirectory directory, string preparation)
    {
        if ((await Command.RunAsync("unshare", ["-m", "true"])).ExitCode != 0)
            Assert.Ignore("Needs root to prepare a mount namespace.");
        return ["unshare", "-m", "bash", "-c", preparation.Replace("DIR", directory.Path, StringComparison.Ordinal) + " && exec \"$@\"", "room"];
    }
}
