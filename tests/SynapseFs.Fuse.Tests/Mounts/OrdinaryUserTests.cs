using System.Runtime.Versioning;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>Mounting through fusermount3, as somebody without privileges.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OrdinaryUserTests
{
    [Test]
    public async Task Mounts_reads_writes_and_unmounts()
    {
        using var user = await OrdinaryUser.FindAsync();
        var mountpoint = await user.MakeDirectoryAsync("m");
        await using var mount = await MountAsync(user, mountpoint, "--sample", "--source", "My project, 1");

        Assert.That((await user.RunAsync("cat", $"{mountpoint}/a.txt")).Text, Is.EqualTo("lower"));
        Assert.That((await user.RunAsync("cp", $"{mountpoint}/reads/large.bin", $"{mountpoint}/copy")).ExitCode, Is.Zero);
        Assert.That((await user.RunAsync("cmp", $"{mountpoint}/reads/large.bin", $"{mountpoint}/copy")).ExitCode, Is.Zero);
        Assert.That((await user.RunAsync("stat", "-c", "%u", $"{mountpoint}/a.txt")).Text, Is.EqualTo((await user.RunAsync("id", "-u")).Text));
        var entry = MountTable.Find(mountpoint);
        Assert.That((entry!.Type, entry.Source), Is.EqualTo((MountTable.FileSystemType, "My project, 1")));

        Assert.That(await mount.TerminateAsync(), Is.Zero);
        Assert.That(MountTable.Find(mountpoint), Is.Null);
    }

    [Test]
    public async Task Everybody_else_is_kept_out_without_allow_other()
    {
        using var user = await OrdinaryUser.FindAsync();
        if (!FuseDeviceAccess.IsRoot)
            Assert.Ignore("Needs a second user.");
        var mountpoint = await user.MakeDirectoryAsync("m");
        await using var mount = await MountAsync(user, mountpoint, "--sample");

        Assert.That(() => File.ReadAllText($"{mountpoint}/a.txt"), Throws.InstanceOf<UnauthorizedAccessException>());
    }

    [Test]
    public async Task Others_are_let_in_by_allow_other_as_far_as_the_modes_permit()
    {
        using var user = await OrdinaryUser.FindAsync();
        if (!FuseDeviceAccess.IsRoot)
            Assert.Ignore("Needs a second user.");
        var mountpoint = await user.MakeDirectoryAsync("m");
        await using var mount = await MemoryMountProcess.StartAsync(mountpoint, "--sample", "--allow-other");

        Assert.That((await user.RunAsync("cat", $"{mountpoint}/a.txt")).Text, Is.EqualTo("lower"));
        Assert.That((await user.RunAsync("touch", $"{mountpoint}/new")).Error, Does.Contain("Permission denied"));
    }

    [Test]
    public async Task A_mount_left_behind_by_a_crash_is_cleared_by_the_next()
    {
        using var user = await OrdinaryUser.FindAsync();
        var mountpoint = await user.MakeDirectoryAsync("m");
        await using var first = await MountAsync(user, mountpoint);
        await first.KillAsync();
        Assert.That((await user.RunAsync("ls", mountpoint)).Error, Does.Contain("Transport endpoint is not connected"));

        await using var second = await MountAsync(user, mountpoint, "--sample");

        Assert.That((await user.RunAsync("cat", $"{mountpoint}/a.txt")).Text, Is.EqualTo("lower"));
    }

    [Test]
    public async Task The_process_ends_in_order_also_while_its_mount_is_in_use()
    {
        using var user = await OrdinaryUser.FindAsync();
        var mountpoint = await user.MakeDirectoryAsync("m");
        await using var mount = await MountAsync(user, mountpoint, "--sample");
        string[] command = [.. user.Become, "tail", "-f", $"{mountpoint}/a.txt"];
        var start = new System.Diagnostics.ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        using var reader = System.Diagnostics.Process.Start(start)!;
        Assert.That(await reader.StandardOutput.ReadLineAsync(), Is.EqualTo("lower"));

        Assert.That(await mount.TerminateAsync(), Is.Zero);

        Assert.That(MountTable.Find(mountpoint), Is.Null);
        reader.Kill();
    }

    private static Task<MemoryMountProcess> MountAsync(OrdinaryUser user, string mountpoint, params string[] options) =>
        MemoryMountProcess.StartAsync(mountpoint, (IReadOnlyList<string>)[.. user.Become, user.Program, mountpoint, .. options]);
}
