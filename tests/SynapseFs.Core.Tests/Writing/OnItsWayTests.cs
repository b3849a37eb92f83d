using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>What happens to a node while something of it is on its way, or was when the process ended.</summary>
public sealed class OnItsWayTests
{
    [Test]
    public async Task What_is_deleted_while_it_is_being_made_is_deleted_remotely() => await MadeMeanwhileAsync(
        rig => rig.UnlinkAsync("f"), "", isLost: false);

    [Test]
    public async Task What_is_renamed_while_it_is_being_made_is_renamed_remotely() => await MadeMeanwhileAsync(
        rig => rig.RenameAsync("f", "g"), "g=x", isLost: false);

    [Test]
    public async Task What_gets_a_name_that_stays_here_while_it_is_being_made_stays_here() => await MadeMeanwhileAsync(
        async rig =>
        {
            await rig.RenameAsync("f", "f~");
            await rig.PutAsync("f", "y");
            Assert.That(await rig.TextAsync("f~"), Is.EqualTo("x"));
            await rig.UnlinkAsync("f~");
        },
        "f=y", isLost: false);

    [Test]
    public async Task What_is_renamed_and_renamed_back_while_the_first_is_on_its_way_has_its_old_name_everywhere()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        using var proceed = new ManualResetEventSlim(false);
        var held = 0;
        rig.AddText("f", "x");
        rig.World.OnAnswer = _ =>
        {
            if (Interlocked.Exchange(ref held, 1) == 0)
                proceed.Wait(TimeSpan.FromSeconds(20));
        };
        await rig.RenameAsync("f", "g");
        await UntilAsync(rig, () => Volatile.Read(ref held) == 1);
        await rig.RenameAsync("g", "f");
        proceed.Set();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=x"));
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "f" }));
    }

    [Test]
    public async Task What_is_deleted_and_made_anew_while_a_version_is_on_its_way_keeps_its_entity()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var proceed = new TaskCompletionSource();
        var file = rig.AddText("f", "base");
        rig.World.OnCall = (call, _) => call.Verb is "refer" ? proceed.Task : Task.CompletedTask;
        await rig.PutAsync("f", "first");
        await UntilAsync(rig, () => rig.World.Count("refer") > 0);
        await rig.UnlinkAsync("f");
        await rig.PutAsync("f", "second");
        proceed.SetResult();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=second"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(file));
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_is_on_its_way_into_a_directory_that_is_deleted_with_it_is_gone(bool isNew)
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var proceed = new TaskCompletionSource();
        rig.World.AddDirectory(rig.World.Root, "d");
        rig.AddText("f", "x");
        rig.World.OnCall = (call, _) => call.Verb is "refer" or "update" ? proceed.Task : Task.CompletedTask;
        if (isNew)
            await rig.PutAsync("d/f", "y");
        else
            await rig.RenameAsync("f", "d/f");
        await UntilAsync(rig, () => rig.World.Count("refer") + rig.World.Count("update") > 0);
        await rig.UnlinkAsync("d/f");
        await rig.RemoveDirectoryAsync("d");
        var drained = rig.DrainAsync();
        Assert.That(
            await Testing.Processes.Eventually.HoldsAsync(() => rig.World.Count("delete") > 0, TimeSpan.FromMilliseconds(200)), Is.False,
            "nothing is deleted before what is on its way has arrived");
        proceed.SetResult();
        await drained;
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo(isNew ? "f=x" : ""));
        rig.EndLeases();
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(isNew ? new[] { "f" } : []));
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    [Test]
    public async Task What_is_renamed_over_while_it_is_being_made_leaves_one_file() => await MadeMeanwhileAsync(
        async rig =>
        {
            await rig.PutAsync("other", "y");
            await rig.RenameAsync("other", "f");
        },
        "f=y", isLost: false);

    [Test]
    public async Task What_is_moved_over_a_file_being_made_leaves_one_file() => await MadeMeanwhileAsync(
        async rig =>
        {
            rig.AddText("old", "y");
            rig.EndLeases();
            await rig.RenameAsync("old", "f");
        },
        "f=y", isLost: false);

    [Test]
    public async Task What_was_made_and_is_deleted_before_the_answer_is_known_is_found_and_deleted() => await MadeMeanwhileAsync(
        rig => rig.UnlinkAsync("f"), "", isLost: true);

    [Test]
    public async Task What_was_made_and_is_renamed_before_the_answer_is_known_is_not_there_twice() => await MadeMeanwhileAsync(
        rig => rig.RenameAsync("f", "g"), "g=x", isLost: true);

    [Test]
    public async Task What_was_made_and_is_replaced_before_the_answer_is_known_is_not_there_twice() => await MadeMeanwhileAsync(
        async rig =>
        {
            await rig.PutAsync("other", "y");
            await rig.RenameAsync("other", "f");
        },
        "f=y", isLost: true);

    [Test]
    public async Task A_directory_that_was_made_and_is_deleted_before_the_answer_is_known_is_deleted()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.World.OnAnswer = _ => throw new FsException(FsError.Offline, "The answer is lost.");
        await rig.MakeDirectoryAsync("d");
        await UntilAsync(rig, () => rig.Remote() == "d/()");
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnAnswer = null;
        await rig.RemoveDirectoryAsync("d");
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.Empty);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.Empty);
        Assert.That(rig.FileSystem.GetPending(9), Is.Empty);
    }

    [Test]
    public async Task Somebody_elses_file_of_that_name_is_not_deleted_for_ours()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.World.OnCall = (call, _) => call.Verb == "refer" ? throw new FsException(FsError.Offline, "Broken.") : Task.CompletedTask;
        await rig.PutAsync("f", "x");
        await UntilAsync(rig, () => rig.World.Count("refer") > 0);
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnCall = null;
        rig.AddText("f", "theirs");
        await rig.UnlinkAsync("f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=theirs"));
    }

    [Test]
    public async Task A_file_that_is_being_rewritten_when_the_process_ends_is_as_it_was_saved()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        await rig.PutAsync("f", "saved");
        var handle = await rig.OpenAsync("f", OpenMode.Write | OpenMode.Truncate);
        await rig.WriteAsync(handle, 0, "half");
        await rig.RestartAsync();

        Assert.That(await rig.TextAsync("f"), Is.EqualTo("saved"));
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("f=saved"));
    }

    [Test]
    public async Task What_is_saved_anew_before_the_answer_is_known_is_what_is_there_in_the_end()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.World.OnAnswer = _ => throw new FsException(FsError.Offline, "The answer is lost.");
        await rig.PutAsync("new", "first");
        await UntilAsync(rig, () => rig.Remote() == "new=first");
        await rig.PutAsync("new", "second");
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnAnswer = null;
        Assert.That(await rig.TextAsync("new"), Is.EqualTo("second"));
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("new=second"));
        Assert.That(await rig.TextAsync("new"), Is.EqualTo("second"));
    }

    [Test]
    public async Task A_version_whose_answer_was_lost_is_no_conflict_for_the_next()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var file = rig.AddText("f", "base");
        rig.World.OnAnswer = _ => throw new FsException(FsError.Offline, "The answer is lost.");
        await rig.PutAsync("f", "first");
        await UntilAsync(rig, () => rig.Remote() == "f=first");
        await rig.PutAsync("f", "second");
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnAnswer = null;
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=second"));
        Assert.That(file.Version, Is.EqualTo(3));
    }

    [Test]
    public async Task A_version_whose_answer_was_lost_is_no_conflict_for_what_is_renamed_over_it()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var file = rig.AddText("f", "base");
        rig.World.OnAnswer = _ => throw new FsException(FsError.Offline, "The answer is lost.");
        await rig.PutAsync("f", "first");
        await UntilAsync(rig, () => rig.Remote() == "f=first");
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnAnswer = null;
        await rig.PutAsync("tmp", "second");
        await rig.RenameAsync("tmp", "f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=second"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(file));
    }

    [Test]
    public async Task A_deletion_after_a_version_whose_answer_was_lost_is_carried_out()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("f", "base");
        rig.World.OnAnswer = _ => throw new FsException(FsError.Offline, "The answer is lost.");
        await rig.PutAsync("f", "first");
        await UntilAsync(rig, () => rig.Remote() == "f=first");
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnAnswer = null;
        await rig.UnlinkAsync("f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.Empty);
    }

    [Test]
    public async Task A_second_name_after_one_whose_answer_was_lost_is_the_one_that_stands()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("f", "x");
        rig.World.OnAnswer = _ => throw new FsException(FsError.Offline, "The answer is lost.");
        await rig.RenameAsync("f", "second");
        await UntilAsync(rig, () => rig.Remote() == "second=x");
        await rig.RestartAsync(WritingRig.Resting);
        rig.World.OnAnswer = null;
        await rig.RenameAsync("second", "third");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("third=x"));
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "third" }));
    }

    // Either the answer is held back while the change is made, or lost together with the process.
    private static async Task MadeMeanwhileAsync(Func<EngineRig, Task> change, string expected, bool isLost)
    {
        await using var rig = new EngineRig(WritingRig.Options);
        using var proceed = new ManualResetEventSlim(false);
        var held = 0;
        rig.World.OnAnswer = _ =>
        {
            if (isLost)
                throw new FsException(FsError.Offline, "The answer is lost.");
            if (Interlocked.Exchange(ref held, 1) == 0)
                proceed.Wait(TimeSpan.FromSeconds(20));
        };
        await rig.PutAsync("f", "x");
        await UntilAsync(rig, () => isLost ? rig.Remote() == "f=x" : Volatile.Read(ref held) == 1);
        if (isLost)
        {
            await rig.RestartAsync(WritingRig.Resting);
            rig.World.OnAnswer = null;
        }

        await change(rig);
        proceed.Set();
        await rig.DrainAsync();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo(expected));
        rig.EndLeases();
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(expected.Length == 0 ? [] : new[] { expected[..1] }));
        Assert.That(rig.FileSystem.GetPending(9), Is.Empty);
    }

    private static async Task UntilAsync(EngineRig rig, Func<bool> condition) => Assert.That(
        await Testing.Processes.Eventually.HoldsAsync(
            () =>
            {
                rig.Time.Advance(TimeSpan.FromSeconds(31));
                return condition();
            },
            TimeSpan.FromSeconds(20)),
        Is.True);
}
