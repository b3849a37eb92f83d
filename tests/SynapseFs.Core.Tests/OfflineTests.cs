using SynapseFs.Core.Tests.Writing;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests;

internal sealed class OfflineTests
{
    [Test]
    public async Task What_is_known_is_served_when_the_service_is_out_of_reach()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(200_000);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        await rig.NamesAsync(InodeNumber.Root);
        await rig.ReadAllAsync(await rig.OpenAsync("f"));

        rig.World.IsOffline = true;
        await rig.RestartAsync();

        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "f" }));
        Assert.That(await rig.ReadAllAsync(await rig.OpenAsync("f")), Is.EqualTo(bytes));
        Assert.That(rig.FileSystem.GetStatus().Online, Is.False);
        Assert.That(rig.FileSystem.GetStatus().LastProblem, Does.Contain("out of reach"));
    }

    [Test]
    public async Task What_is_not_known_is_offline_at_once()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "d");
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(100));
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.IsOffline = true;

        Assert.That(async () => await rig.NamesAsync((await rig.WalkAsync("d")).Inode), Fails.With(FsError.Offline));
        Assert.That(async () => await rig.WalkAsync("f"), Fails.With(FsError.Offline));
    }

    [Test]
    public async Task What_is_only_listed_is_renamed_moved_and_deleted_out_of_reach_and_the_rest_is_refused()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var directory = rig.World.AddDirectory(rig.World.Root, "d");
        foreach (var name in (string[])["deleted", "moved", "renamed", "other"])
            rig.AddText(name, name);
        await rig.NamesAsync(InodeNumber.Root);
        await rig.NamesAsync((await rig.WalkAsync("d")).Inode);
        rig.World.IsOffline = true;

        await rig.UnlinkAsync("deleted");
        await rig.RenameAsync("moved", "d/moved");
        await rig.RenameAsync("renamed", "name");
        // Which content would become a version of which file?
        Assert.That(() => rig.RenameAsync("other", "name"), Fails.With(FsError.Offline));
        Assert.That(() => rig.RenameAsync("other", "other~"), Fails.With(FsError.Offline));
        await rig.RestartAsync();
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "d", "name", "other" }));

        rig.World.IsOffline = false;
        rig.EndLeases();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(moved=moved) name=renamed other=other"));
        Assert.That(directory.Children.Single().Version, Is.EqualTo(1));
        Assert.That(await rig.TextAsync("d/moved"), Is.EqualTo("moved"));
    }

    [Test]
    public async Task Blocks_that_were_never_fetched_are_offline()
    {
        await using var rig = new EngineRig(new MountOptions { WholeFetchLimit = 0 });
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(1 << 20));
        var handle = await rig.OpenAsync("f");
        await rig.ReadAsync(handle, 0, 10);
        rig.World.IsOffline = true;

        Assert.That(await rig.ReadAsync(handle, 0, 10), Has.Length.EqualTo(10));
        Assert.That(async () => await rig.ReadAsync(handle, 1 << 19, 10), Fails.With(FsError.Offline));
    }

    [Test]
    public async Task Every_name_that_was_found_is_served_however_many_were_asked_for()
    {
        await using var rig = new EngineRig(new MountOptions { LookupsBeforeListing = 3 });
        string[] names = ["a", "b", "c"];
        foreach (var name in names)
            rig.World.AddDirectory(rig.World.Root, name);
        foreach (var name in names)
            await rig.WalkAsync(name);
        rig.World.IsOffline = true;
        await rig.RestartAsync();
        foreach (var name in (string[])["x", "y", "z"])
            Assert.That(async () => await rig.WalkAsync(name), Fails.With(FsError.Offline));

        foreach (var name in names)
            Assert.That(await rig.LookupAsync(InodeNumber.Root, name), Is.Not.Null);
    }

    [Test]
    public async Task The_way_back_is_noticed()
    {
        await using var rig = new EngineRig();
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.IsOffline = true;
        rig.EndLeases();
        await rig.NamesAsync(InodeNumber.Root);
        Assert.That(rig.FileSystem.GetStatus().OfflineSince, Is.Not.Null);

        rig.World.IsOffline = false;
        rig.World.AddDirectory(rig.World.Root, "new");
        rig.EndLeases();

        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "new" }));
        Assert.That(rig.FileSystem.GetStatus().Online, Is.True);
    }

    [Test]
    public async Task A_mount_that_is_offline_by_request_makes_no_call()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "d");
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(10));
        await rig.NamesAsync(InodeNumber.Root);
        await rig.WalkAsync("f");
        await rig.RestartAsync(new MountOptions { Offline = true });
        rig.World.ForgetCalls();

        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "d", "f" }));
        Assert.That((await rig.WalkAsync("f")).Length, Is.EqualTo(10));
        Assert.That(async () => await rig.NamesAsync((await rig.WalkAsync("d")).Inode), Fails.With(FsError.Offline));
        Assert.That(rig.World.Calls, Is.Empty);
        Assert.That(rig.FileSystem.GetStatus().Online, Is.False);
    }

    [Test]
    public async Task Where_nobody_is_ever_asked_the_kernel_may_believe_what_is_known_as_long_as_anything()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "d");
        await rig.NamesAsync(InodeNumber.Root);
        await rig.RestartAsync(new MountOptions { Offline = true });

        var entry = await rig.LookupAsync(InodeNumber.Root, "d");

        Assert.That(entry!.Value.Validity, Is.EqualTo(EngineRig.Ttl));
    }
}
