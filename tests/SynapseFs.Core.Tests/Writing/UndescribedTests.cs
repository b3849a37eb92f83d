using SynapseFs.Store;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Changes of what was listed and never described: only its name, kind, id and revision are known.</summary>
public sealed class UndescribedTests
{
    [Test]
    public async Task Deleting_renaming_and_moving_what_was_only_listed_describes_nothing_but_its_directory()
    {
        await using var rig = await ListedAsync(WritingRig.Resting, "a", "b", "c");
        rig.World.AddDirectory(rig.World.Root, "d");
        rig.EndLeases();
        rig.World.ForgetCalls();

        await rig.LookupAsync(InodeNumber.Root, "a");
        await rig.UnlinkAsync("a");
        await rig.LookupAsync(InodeNumber.Root, "b");
        await rig.RenameAsync("b", "e");
        await rig.LookupAsync(InodeNumber.Root, "c");
        await rig.RenameAsync("c", "d/c");

        var described = rig.World.Calls.Where(call => call.Verb == "describe").Select(call => call.Id);
        Assert.That(described, Is.SubsetOf(new[] { rig.World.Root.Id, rig.World.In(rig.World.Root)["d"].Id }).And.Unique);
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("d/(c=c) e=b"));
    }

    [Test]
    public async Task A_file_that_was_only_listed_and_has_changed_since_is_shown_again_instead_of_deleted()
    {
        await using var rig = await ListedAsync(WritingRig.Resting, "f", "g");
        rig.World.SetBytes(rig.World.In(rig.World.Root)["f"], "theirs"u8.ToArray());
        // Somebody's attribute is no reason to keep it.
        rig.World.SetXattr(rig.World.In(rig.World.Root)["g"], "user.key", "theirs");

        await rig.UnlinkAsync("f");
        await rig.UnlinkAsync("g");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=theirs"));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task What_is_written_in_the_place_of_a_file_that_was_only_listed_is_its_version_or_beside_a_newer_one()
    {
        await using var rig = await ListedAsync(WritingRig.Resting, "f", "g");
        var (f, g) = (rig.World.In(rig.World.Root)["f"], rig.World.In(rig.World.Root)["g"]);
        rig.World.SetBytes(g, "theirs"u8.ToArray());

        foreach (var name in (string[])["f", "g"])
        {
            await rig.UnlinkAsync(name);
            var (_, handle) = await rig.CreateAsync(name);
            await rig.WriteAsync(handle, 0, "ours");
            await rig.CloseAsync(handle);
        }

        await rig.DrainAsync();

        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(f));
        Assert.That(f.Bytes, Is.EqualTo("ours"u8.ToArray()));
        Assert.That(rig.Remote(), Does.StartWith("f=ours g=theirs g (conflict").And.EndsWith("=ours"));
    }

    [Test]
    public async Task A_file_that_was_only_listed_becomes_a_backup_or_another_ones_version_as_one_that_was_looked_at()
    {
        await using var rig = await ListedAsync(WritingRig.Resting, "f", "from", "to");
        var (f, to) = (rig.World.In(rig.World.Root)["f"], rig.World.In(rig.World.Root)["to"]);

        await rig.RenameAsync("f", "f.bak");
        var (_, handle) = await rig.CreateAsync("f");
        await rig.WriteAsync(handle, 0, "new");
        await rig.CloseAsync(handle);
        await rig.RenameAsync("from", "to");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=new f.bak=f to=from"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(f));
        Assert.That(rig.World.In(rig.World.Root)["to"], Is.SameAs(to));
    }

    [Test]
    public async Task Where_a_directory_permits_no_deletion_what_was_only_listed_in_it_is_asked_for_itself()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var directory = rig.World.AddDirectory(rig.World.Root, "d");
        directory.Rights = NodeRights.AddChildren;
        rig.AddText("ours", "1", directory);
        rig.AddText("theirs", "2", directory).Rights = NodeRights.None;
        await rig.NamesAsync((await rig.WalkAsync("d")).Inode);

        Assert.That(() => rig.UnlinkAsync("d/theirs"), Fails.With(FsError.AccessDenied));
        Assert.That(() => rig.RenameAsync("d/theirs", "d/new"), Fails.With(FsError.AccessDenied));
        await rig.UnlinkAsync("d/ours");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(theirs=2)"));
    }

    /// <summary>Files that hold their names, in a root that was listed.</summary>
    private static async Task<EngineRig> ListedAsync(MountOptions options, params string[] names)
    {
        var rig = new EngineRig(options);
        foreach (var name in names)
            rig.AddText(name, name);
        await rig.NamesAsync(InodeNumber.Root);
        return rig;
    }
}
