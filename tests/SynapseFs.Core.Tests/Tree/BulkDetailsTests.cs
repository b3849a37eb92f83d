using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Tree;

/// <summary>Details that come in bulk: never believed beyond what a listing says, and never without a look at the content.</summary>
internal sealed class BulkDetailsTests
{
    private const int Files = 20;

    private static readonly Func<WorldNode, RemoteDetails, RemoteDetails?> Truth = (_, details) => details;

    [Test]
    public async Task One_file_looked_at_is_described_by_itself_and_the_second_has_the_index_read_for_all()
    {
        await using var rig = Rig(Truth);
        await rig.WalkAsync("folder/file0");
        Assert.That(rig.World.Count("read index"), Is.Zero);

        for (var i = 1; i < Files; i++)
            Assert.That((await rig.WalkAsync($"folder/file{i}")).Length, Is.EqualTo(100 + i));

        Assert.That((rig.World.Count("describe"), rig.World.Count("find index"), rig.World.Count("read index")), Is.EqualTo((1, 1, 1)));
    }

    [Test]
    public async Task An_index_that_was_named_is_read_at_the_first_look()
    {
        await using var rig = Rig(Truth, isWished: true);

        Assert.That((await rig.WalkAsync("folder/file0")).Length, Is.EqualTo(100));

        Assert.That((rig.World.Count("describe"), rig.World.Count("read index")), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Directories_listed_later_and_after_a_restart_ask_nothing_more()
    {
        await using var rig = Rig(Truth, isWished: true);
        var other = rig.World.AddDirectory(rig.World.Root, "other");
        for (var i = 0; i < Files; i++)
            rig.World.AddFile(other, $"file{i}", TestBytes.Of(50 + i));
        await rig.WalkAsync("folder/file0");

        await rig.RestartAsync();
        rig.World.ForgetCalls();
        var entries = await rig.EntriesAsync((await rig.WalkAsync("other")).Inode, wantsDetails: true);

        Assert.That(entries.Select(entry => entry.Details?.Attributes.Length).Order(), Is.EqualTo(Enumerable.Range(50, Files).Select(length => (long?)length)));
        Assert.That((rig.World.Count("describe"), rig.World.Count("read index")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_long_listing_that_comes_later_is_described_as_a_short_one_is()
    {
        await using var rig = Rig(Truth, isWished: true);
        var other = rig.World.AddDirectory(rig.World.Root, "other");
        for (var i = 0; i < 4200; i++)
            rig.World.AddFile(other, $"file{i}", TestBytes.Of(i % 10));
        await rig.WalkAsync("folder/file0");
        rig.World.ForgetCalls();

        var entries = await rig.EntriesAsync((await rig.WalkAsync("other")).Inode, wantsDetails: true);

        Assert.That(entries.Where(entry => entry.Details is not null).Sum(entry => entry.Details!.Value.Attributes.Length), Is.EqualTo(4200 * 9 / 2));
        Assert.That((rig.World.Count("describe"), rig.World.Count("read index")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task What_an_index_says_of_another_revision_is_not_taken()
    {
        await using var rig = Rig((_, details) => details with { Revision = "0@0", Length = 7 }, isWished: true);

        Assert.That((await rig.WalkAsync("folder/file3")).Length, Is.EqualTo(103));
        Assert.That(rig.World.Count("describe"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_length_that_came_in_bulk_and_is_wrong_is_mended_before_the_first_byte()
    {
        await using var rig = Rig((_, details) => details with { Length = 7, Content = new ContentKey("other", null) }, isWished: true);
        var lied = await rig.WalkAsync("folder/file5");
        Assert.That(lied.Length, Is.EqualTo(7));

        Assert.That(Assert.ThrowsAsync<FsException>(() => rig.OpenAsync(lied.Inode))!.Error, Is.EqualTo(FsError.Stale));
        var told = await rig.WalkAsync("folder/file5");

        Assert.That((told.Length, told.Inode == lied.Inode), Is.EqualTo((105, false)));
        Assert.That(await rig.ReadAllAsync((await rig.OpenAsync(told.Inode)).Handle), Is.EqualTo(TestBytes.Of(105)));
    }

    [Test]
    public async Task A_content_is_confirmed_once_and_one_that_is_here_whole_never()
    {
        await using var rig = Rig(Truth, isWished: true);
        var handle = await rig.OpenAsync("folder/file1");
        await rig.OpenAsync("folder/file1");
        Assert.That(rig.World.Count("confirm"), Is.EqualTo(1));
        Assert.That(await rig.ReadAllAsync(handle), Is.EqualTo(TestBytes.Of(101)));

        await rig.RestartAsync();
        rig.World.ForgetCalls();
        await rig.OpenAsync("folder/file1");

        Assert.That(rig.World.Count("confirm"), Is.Zero);
    }

    [Test]
    public async Task An_attribute_that_is_told_costs_nothing_and_one_that_is_missing_is_asked_for()
    {
        await using var rig = Rig(Truth, isWished: true);
        rig.World.Index = (_, details) => details with { Xattrs = details.Xattrs.Where(one => one.Key == "user.told").ToDictionary() };
        var file = rig.World.Root.Children.Single(child => child.Name == "folder").Children[2];
        file.Xattrs["user.told"] = "a";
        file.Xattrs["user.other"] = "b";
        var inode = (await rig.WalkAsync("folder/file2")).Inode;

        Assert.That(await rig.XattrAsync(inode, "user.told"), Is.EqualTo("a"));
        Assert.That(rig.World.Count("describe"), Is.Zero);
        Assert.That(await rig.XattrAsync(inode, "user.other"), Is.EqualTo("b"));
        Assert.That(await rig.XattrAsync(inode, "user.none"), Is.Null);
        Assert.That(rig.World.Count("describe"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_list_of_attributes_is_never_an_outline()
    {
        await using var rig = Rig((_, details) => details with { Xattrs = new Dictionary<string, string>() }, isWished: true);
        rig.World.Root.Children.Single(child => child.Name == "folder").Children[2].Xattrs["user.kept"] = "a";
        var inode = (await rig.WalkAsync("folder/file2")).Inode;

        Assert.That(await rig.FileSystem.ListXattrsAsync(Caller.Internal, inode, CancellationToken.None), Does.Contain("user.kept"));
    }

    [Test]
    public async Task What_the_thing_itself_told_is_not_given_up_for_what_an_index_says()
    {
        await using var rig = Rig((_, details) => details with { Length = 7 });
        Assert.That((await rig.WalkAsync("folder/file0")).Length, Is.EqualTo(100));
        Assert.That((await rig.WalkAsync("folder/file1")).Length, Is.EqualTo(7));

        Assert.That((await rig.WalkAsync("folder/file0")).Length, Is.EqualTo(100));
    }

    [Test]
    public async Task An_index_that_cannot_be_read_leaves_every_file_to_be_asked_for_itself()
    {
        await using var rig = Rig(Truth, isWished: true);
        rig.World.OnCall = (call, _) => call.Verb == "read index"
            ? throw new FsException(FsError.NotFound, "The index is gone.")
            : Task.CompletedTask;

        for (var i = 0; i < Files; i++)
            Assert.That((await rig.WalkAsync($"folder/file{i}")).Length, Is.EqualTo(100 + i));

        Assert.That((rig.World.Count("read index"), rig.World.Count("describe")), Is.EqualTo((1, Files)));
    }

    [Test]
    public async Task A_file_that_the_index_does_not_have_is_there_and_asked_for_by_itself()
    {
        await using var rig = Rig((node, details) => node.Name == "file4" ? null : details, isWished: true);

        for (var i = 0; i < Files; i++)
            Assert.That((await rig.WalkAsync($"folder/file{i}")).Length, Is.EqualTo(100 + i));

        Assert.That(rig.World.Calls.Count(call => call.Verb == "describe"), Is.EqualTo(1));
    }

    private static EngineRig Rig(Func<WorldNode, RemoteDetails, RemoteDetails?> index, bool isWished = false) => new(
        new MountOptions { LookupsBeforeListing = 0 },
        prepare: world =>
        {
            (world.Index, world.IsIndexWished) = (index, isWished);
            var folder = world.AddDirectory(world.Root, "folder");
            for (var i = 0; i < Files; i++)
                world.AddFile(folder, $"file{i}", TestBytes.Of(100 + i));
        });
}
