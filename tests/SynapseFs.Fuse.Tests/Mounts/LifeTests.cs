using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Testing.Memory;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>How mounts begin and end.</summary>
public sealed class LifeTests
{
    [Test]
    public async Task The_mount_table_shows_what_is_mounted()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--source", "My project, 1");

        var entry = MountTable.Find(directory.Path);

        Assert.That((entry!.IsSynapseFs, entry.Source, entry.IsReadOnly), Is.EqualTo((true, "My project, 1", false)));
    }

    [Test]
    public async Task Somebody_else_unmounting_ends_the_process()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path);

        Unmounter.Unmount(directory.Path, lazy: false);

        Assert.That(await mount.WaitForExitAsync(), Is.Zero);
        Assert.That(
            () => Unmounter.Unmount(directory.Path, lazy: false),
            Throws.InstanceOf<FuseMountException>().With.Property("Failure").EqualTo(MountFailure.NotMounted));
    }

    [Test]
    public async Task A_mount_in_use_is_not_unmounted_unless_lazily()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--sample");
        using (var open = File.OpenRead(directory.Combine("a.txt")))
        {
            Assert.That(
                () => Unmounter.Unmount(directory.Path, lazy: false),
                Throws.InstanceOf<FuseMountException>().With.Property("Failure").EqualTo(MountFailure.Busy)
                    .And.Message.Contains(directory.Path));

            Unmounter.Unmount(directory.Path, lazy: true);

            Assert.That(File.Exists(directory.Combine("a.txt")), Is.False);
            Assert.That(new StreamReader(open).ReadToEnd(), Is.EqualTo("lower\n"));
        }

        Assert.That(await mount.WaitForExitAsync(), Is.Zero);
    }

    [Test]
    public async Task The_process_ends_in_order_also_while_its_mount_is_in_use()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--sample");
        using var open = File.OpenRead(directory.Combine("a.txt"));

        Assert.That(await mount.TerminateAsync(), Is.Zero);

        Assert.That(MountTable.Find(directory.Path), Is.Null);
    }

    [Test]
    public async Task A_mount_left_behind_by_a_crash_is_cleared_by_the_next()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var first = await MemoryMountProcess.StartAsync(directory.Path);
        Assert.That(Unmounter.IsStale(directory.Path), Is.False);

        await first.KillAsync();

        Assert.That(Unmounter.IsStale(directory.Path));
        Assert.That(() => File.ReadAllText(directory.Combine("f")), Throws.InstanceOf<IOException>());
        await using var second = await MemoryMountProcess.StartAsync(directory.Path, "--sample");
        Assert.That(File.ReadAllText(directory.Combine("a.txt")), Is.EqualTo("lower\n"));
        Assert.That(MountTable.Read().Count(entry => entry.Mountpoint == directory.Path), Is.EqualTo(1));
    }

    [Test]
    public async Task A_mount_left_behind_by_a_crash_can_be_unmounted()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path);
        await mount.KillAsync();

        Unmounter.Unmount(directory.Path, lazy: false);

        Assert.That(MountTable.Find(directory.Path), Is.Null);
    }

    [Test]
    public async Task Each_reader_has_a_descriptor_of_its_own()
    {
        if (!FuseDeviceAccess.IsRoot)
            Assert.Ignore("fusermount3's descriptor is one of several here; counted as root only.");
        using var directory = new TemporaryDirectory();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--sample", "--readers", "3");

        var descriptors = Directory.GetFiles($"/proc/{mount.ProcessId}/fd").Count(link => new FileInfo(link).LinkTarget == "/dev/fuse");
        var sums = await Command.ShellAsync(
            $"for i in 1 2 3 4 5 6 7 8; do (find '{directory}' -type f -exec cat {{}} + | md5sum) & done; wait");

        Assert.That(descriptors, Is.EqualTo(3));
        Assert.That(sums.Lines.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_mount_that_cannot_be_leaves_the_filesystem_alone()
    {
        var fileSystem = new MemoryFileSystem(new MemoryFileSystemOptions(), TimeProvider.System);

        Assert.That(
            async () => await FuseMount.StartAsync(
                fileSystem, new FuseMountOptions { Mountpoint = "/dev/fd/nine", Source = "s" }, NullLoggerFactory.Instance, CancellationToken.None),
            Throws.InstanceOf<FuseMountException>());
        Assert.That(fileSystem.KernelCache, Is.Null);
    }
}
