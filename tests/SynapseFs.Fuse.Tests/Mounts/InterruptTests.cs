using System.Diagnostics;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

public sealed class InterruptTests
{
    [TestCase("INT")]
    [TestCase("KILL")]
    public async Task A_reader_that_waits_can_be_stopped(string signal)
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--blocking", "slow", "--readers", "4");
        using var reader = Process.Start("cat", [directory.Combine("slow")]);
        Assert.That(await Eventually.HoldsAsync(async () => await mount.TellAsync("blocked") == "1", TimeSpan.FromSeconds(30)));

        await Command.RunAsync("kill", [$"-{signal}", $"{reader.Id}"]);

        await reader.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(reader.ExitCode, Is.Not.Zero);
        Assert.That(await Eventually.HoldsAsync(async () => await mount.TellAsync("blocked") == "0", TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Many_waiting_readers_keep_nobody_else_from_reading()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--blocking", "slow", "--sample", "--readers", "2");
        var readers = Enumerable.Range(0, 10).Select(_ => Process.Start("cat", [directory.Combine("slow")])).ToList();
        Assert.That(await Eventually.HoldsAsync(async () => await mount.TellAsync("blocked") == "10", TimeSpan.FromSeconds(30)));

        Assert.That(File.ReadAllText(directory.Combine("a.txt")), Is.EqualTo("lower\n"));

        foreach (var reader in readers)
        {
            reader.Kill();
            await reader.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            reader.Dispose();
        }
    }

    [Test]
    public async Task Ending_the_mount_ends_whoever_waits()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--blocking", "slow");
        using var reader = Process.Start(new ProcessStartInfo("cat", [directory.Combine("slow")]) { RedirectStandardError = true })!;
        Assert.That(await Eventually.HoldsAsync(async () => await mount.TellAsync("blocked") == "1", TimeSpan.FromSeconds(30)));

        Assert.That(await mount.TerminateAsync(), Is.Zero);

        await reader.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(reader.ExitCode, Is.Not.Zero);
        Assert.That(MountTable.Find(directory.Path), Is.Null);
    }
}
