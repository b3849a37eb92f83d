using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Changes that wait for each other come through, whatever became of names and directories in one moment.</summary>
public sealed class RingTests
{
    [Test]
    public Task A_directory_takes_the_name_of_one_whose_file_it_took() => ComesThroughAsync(
        async rig =>
        {
            await rig.RenameAsync("b/f", "a/f");
            await rig.RemoveDirectoryAsync("b");
            await rig.RenameAsync("a", "b");
        },
        "b/(f=1)");

    [Test]
    public Task A_new_directory_takes_the_name_of_one_whose_file_it_took() => ComesThroughAsync(
        async rig =>
        {
            await rig.MakeDirectoryAsync("new");
            await rig.RenameAsync("b/f", "new/f");
            await rig.RemoveDirectoryAsync("b");
            await rig.RenameAsync("new", "b");
        },
        "a/() b/(f=1)");

    [Test]
    public Task A_directory_and_the_one_in_it_change_places() => ComesThroughAsync(
        async rig =>
        {
            await rig.RenameAsync("a", "b/a");
            await rig.DrainAsync();
            await rig.RenameAsync("b/a", "tmp");
            await rig.RenameAsync("b", "tmp/a");
            await rig.RenameAsync("tmp", "b");
        },
        "b/(a/(f=1))");

    [Test]
    public Task A_copy_takes_the_name_of_the_directory_that_its_original_was_in() => ComesThroughAsync(
        async rig =>
        {
            var (source, (_, target)) = (await rig.OpenAsync("b/f", OpenMode.Read), await rig.CreateAsync("g"));
            await rig.FileSystem.CopyRangeAsync(Caller.Internal, source, 0, target, 0, long.MaxValue, CancellationToken.None);
            await rig.FileSystem.ReleaseAsync(source);
            await rig.CloseAsync(target);
            await rig.UnlinkAsync("b/f");
            await rig.RemoveDirectoryAsync("b");
            await rig.RenameAsync("g", "b");
        },
        "a/() b=1");

    private static async Task ComesThroughAsync(Func<EngineRig, Task> changes, string expected)
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.World.AddDirectory(rig.World.Root, "a");
        rig.AddText("f", "1", rig.World.AddDirectory(rig.World.Root, "b"));
        await rig.TextAsync("b/f");
        await changes(rig);
        Assert.That(await rig.DrainAsync(), Is.Empty);

        Assert.That(rig.Remote(), Is.EqualTo(expected));
        Assert.That(rig.FileSystem.GetPending(9), Is.Empty);
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }
}
