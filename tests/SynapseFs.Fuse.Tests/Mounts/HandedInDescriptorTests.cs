using System.Globalization;
using System.Runtime.Versioning;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Session;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>A privileged process mounts and hands the descriptor to one without privileges, as containers do.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HandedInDescriptorTests
{
    [Test]
    public async Task An_open_descriptor_is_served_without_mounting()
    {
        if (!FuseDeviceAccess.IsRoot)
            Assert.Ignore("Needs root to mount for somebody else.");
        using var user = await OrdinaryUser.FindAsync();
        using var directory = new TemporaryDirectory();
        using var device = Libc.open(FuseDevice.Path, Libc.O_RDWR);
        var number = device.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);
        Assert.That(
            Libc.mount("handed", directory.Path, MountTable.FileSystemType, 0, $"fd={number},rootmode=40000,user_id=0,group_id=0"), Is.Zero);
        await using var mount = await MemoryMountProcess.StartAsync(
            directory.Path, (IReadOnlyList<string>)[.. user.Become, user.Program, $"/dev/fd/{number}", "--sample"]);
        device.Dispose();

        Assert.That(File.ReadAllText(directory.Combine("a.txt")), Is.EqualTo("lower\n"));

        Unmounter.Unmount(directory.Path, lazy: false);
        Assert.That(await mount.WaitForExitAsync(), Is.Zero);
    }
}
