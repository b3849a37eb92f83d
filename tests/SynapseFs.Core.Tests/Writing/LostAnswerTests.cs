using SynapseFs.Testing.Processes;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>The remote side carried a change out, its answer was lost with the process, and then something else is wanted.</summary>
public sealed class LostAnswerTests
{
    [Test]
    public Task The_old_bytes_put_back_are_sent_again() => ThenAsync(
        rig => rig.PutAsync("f", "new"), "d/() f=new", rig => rig.PutAsync("f", "base"), "d/() f=base");

    [Test]
    public Task The_old_name_given_back_is_sent_again() => ThenAsync(
        rig => rig.RenameAsync("f", "g"), "d/() g=base", rig => rig.RenameAsync("g", "f"), "d/() f=base");

    [Test]
    public Task The_old_directory_given_back_is_sent_again() => ThenAsync(
        rig => rig.RenameAsync("f", "d/f"), "d/(f=base)", rig => rig.RenameAsync("d/f", "f"), "d/() f=base");

    [Test]
    public Task A_new_file_where_another_was_put_meanwhile_is_no_conflict() => ThenAsync(
        rig => rig.RenameAsync("f", "g"), "d/() g=base",
        async rig =>
        {
            await rig.RenameAsync("g", "h");
            await rig.PutAsync("g", "x");
        },
        "d/() g=x h=base");

    [Test]
    public Task A_new_file_where_a_deleted_one_was_put_meanwhile_is_no_conflict() => ThenAsync(
        rig => rig.RenameAsync("f", "d/f"), "d/(f=base)",
        async rig =>
        {
            await rig.UnlinkAsync("d/f");
            await rig.PutAsync("d/f", "x");
        },
        "d/(f=x)");

    [Test]
    public Task What_was_moved_into_a_directory_goes_before_it() => ThenAsync(
        rig => rig.RenameAsync("f", "d/f"), "d/(f=base)",
        async rig =>
        {
            await rig.UnlinkAsync("d/f");
            await rig.RemoveDirectoryAsync("d");
        },
        "");

    [Test]
    public Task What_was_moved_out_of_a_directory_does_not_outlive_it() => ThenAsync(
        async rig =>
        {
            rig.AddText("inner", "y", rig.World.In(rig.World.Root)["d"]);
            rig.EndLeases();
            await rig.RenameAsync("d/inner", "inner");
        },
        "d/() f=base inner=y",
        async rig =>
        {
            await rig.RenameAsync("inner", "d/inner");
            await rig.UnlinkAsync("d/inner");
            await rig.RemoveDirectoryAsync("d");
        },
        "f=base");

    [Test]
    public Task What_was_moved_is_shown_once() => ThenAsync(
        rig => rig.RenameAsync("f", "d/g"), "d/(g=base)",
        async rig =>
        {
            await rig.RenameAsync("d/g", "h");
            rig.EndLeases();
            var directory = await rig.WalkAsync("d");
            Assert.That(await rig.NamesAsync(directory.Inode), Is.Empty);
            Assert.That(await rig.LookupAsync(directory.Inode, "g"), Is.Null);
        },
        "d/() h=base");

    [Test]
    public Task What_was_moved_and_moved_back_stays_shown() => ThenAsync(
        rig => rig.RenameAsync("f", "d/f"), "d/(f=base)",
        async rig =>
        {
            await rig.RenameAsync("d/f", "f");
            rig.EndLeases();
            Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "d", "f" }));
            Assert.That(await rig.TextAsync("f"), Is.EqualTo("base"));
        },
        "d/() f=base");

    [Test]
    public Task Somebody_elses_version_is_still_a_conflict() => ThenAsync(
        rig => rig.PutAsync("f", "new"), "d/() f=new",
        async rig =>
        {
            rig.World.SetBytes(rig.World.In(rig.World.Root)["f"], "theirs"u8.ToArray());
            await rig.PutAsync("f", "newer");
        },
        "d/() f=theirs f (conflict, ann, 2026-03-01)=newer");

    [Test]
    public Task Somebody_elses_version_is_still_not_deleted() => ThenAsync(
        rig => rig.PutAsync("f", "new"), "d/() f=new",
        async rig =>
        {
            rig.World.SetBytes(rig.World.In(rig.World.Root)["f"], "theirs"u8.ToArray());
            await rig.UnlinkAsync("f");
        },
        "d/() f=theirs");

    /// <param name="change">Carried out remotely; nothing here hears of it.</param>
    /// <param name="made">What the remote side has then.</param>
    /// <param name="next">What is done in the next life of the process.</param>
    /// <param name="expected">What both sides have in the end.</param>
    private static async Task ThenAsync(Func<EngineRig, Task> change, string made, Func<EngineRig, Task> next, string expected)
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.World.AddDirectory(rig.World.Root, "d");
        rig.AddText("f", "base");
        rig.World.OnAnswer = _ => throw new FsException(FsError.Offline, "The answer is lost.");
        await change(rig);
        Assert.That(await Eventually.HoldsAsync(() => rig.Remote() == made, TimeSpan.FromSeconds(20)), Is.True, rig.Remote());
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnAnswer = null;
        await next(rig);
        await rig.DrainAsync();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo(expected));
        rig.EndLeases();
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EquivalentTo(rig.World.In(rig.World.Root).Keys));
        Assert.That(rig.FileSystem.GetPending(9), Is.Empty);
    }
}
