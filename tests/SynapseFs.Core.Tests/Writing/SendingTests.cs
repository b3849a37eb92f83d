using System.Text;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

public sealed class SendingTests
{
    [Test]
    public async Task A_new_file_is_read_at_once_and_sent_when_it_is_closed()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var (inode, handle) = await rig.CreateAsync("f");
        await rig.WriteAsync(handle, 0, "hello");

        Assert.That(Encoding.UTF8.GetString(await rig.ReadAllAsync(handle)), Is.EqualTo("hello"));
        Assert.That(rig.Remote(), Is.Empty);
        await rig.CloseAsync(handle);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=hello"));
        await rig.RestartAsync();
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("hello"));
        Assert.That((await rig.WalkAsync("f")).Inode, Is.EqualTo(inode));
        Assert.That(rig.World.Count("read"), Is.Zero);
    }

    [Test]
    public async Task A_change_in_the_middle_becomes_one_version_with_the_rest_as_it_was()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var file = rig.AddText("f", "hello world");
        var handle = await rig.OpenAsync("f", OpenMode.ReadWrite);
        await rig.WriteAsync(handle, 6, "W");
        await rig.WriteAsync(handle, 0, "H");

        Assert.That(Encoding.UTF8.GetString(await rig.ReadAllAsync(handle)), Is.EqualTo("Hello World"));
        await rig.CloseAsync(handle);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=Hello World"));
        Assert.That(file.Version, Is.EqualTo(2));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("Hello World"));
    }

    [Test]
    public async Task What_somebody_waits_for_goes_before_what_has_waited_longer()
    {
        await using var rig = new EngineRig(WritingRig.Resting with { SendsAtOnce = 1 });
        for (var number = 0; number < 20; number++)
            await rig.PutAsync($"f{number}", "x");
        await rig.MakeDirectoryAsync("d");
        await rig.PutAsync("d/mine", "y");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var blocked = await rig.FileSystem.WaitAsync("/d/mine", null, patience.Token);

        Assert.That(blocked, Is.Empty);
        Assert.That(rig.Remote(), Does.Contain("d/(mine=y)"));
        // One may have been on its way already when the wait began, and one set out before its end was seen.
        Assert.That(rig.World.Count("create"), Is.LessThanOrEqualTo(5));
    }

    [Test]
    public async Task Bytes_that_end_as_they_were_make_no_version()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var file = rig.AddText("f", "hello");
        await rig.PutAsync("f", "hello");
        await rig.DrainAsync();

        Assert.That(file.Version, Is.EqualTo(1));
        Assert.That(rig.World.Count("update"), Is.Zero);
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("hello"));
    }

    [Test]
    public async Task What_is_made_and_deleted_before_it_is_sent_never_leaves()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        await rig.PutAsync("f", "x");
        await rig.MakeDirectoryAsync("d");
        await rig.RemoveDirectoryAsync("d");
        await rig.UnlinkAsync("f");
        await rig.DrainAsync();

        Assert.That(rig.World.Count("create"), Is.Zero);
        Assert.That(rig.FileSystem.GetPending(10), Is.Empty);
    }

    [Test]
    public async Task Directories_are_sent_before_what_is_in_them()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.MakeDirectoryAsync("d");
        await rig.MakeDirectoryAsync("d/e");
        await rig.PutAsync("d/f", "1");
        await rig.PutAsync("d/e/g", "2");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(e/(g=2) f=1)"));
    }

    [Test]
    public async Task Renaming_and_moving_is_one_call_and_keeps_the_inode()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var directory = rig.World.AddDirectory(rig.World.Root, "d");
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        await rig.RenameAsync("f", "d/g");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(g=x)"));
        Assert.That(rig.World.In(directory)["g"], Is.SameAs(file));
        Assert.That(rig.World.Count("update"), Is.EqualTo(1));
        Assert.That((await rig.WalkAsync("d/g")).Inode, Is.EqualTo(inode));
        Assert.That(file.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Names_that_are_exchanged_are_exchanged_remotely()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("a", "1");
        rig.AddText("b", "2");
        await rig.WalkAsync("a");
        await rig.WalkAsync("b");
        await rig.RenameAsync("a", "b", RenameMode.Exchange);
        Assert.That(await rig.TextAsync("a"), Is.EqualTo("2"));
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("a=2 b=1"));
    }

    [Test]
    public async Task A_deleted_tree_is_deleted_with_one_call()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var directory = rig.World.AddDirectory(rig.World.Root, "d");
        rig.AddText("f", "1", directory);
        rig.AddText("g", "2", rig.World.AddDirectory(directory, "e"));
        await rig.UnlinkAsync("d/f");
        await rig.UnlinkAsync("d/e/g");
        await rig.RemoveDirectoryAsync("d/e");
        await rig.RemoveDirectoryAsync("d");
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "d"), Is.Null);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.Empty);
        Assert.That(rig.World.Count("delete"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_copy_of_a_whole_file_moves_no_bytes()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("a", "hello");
        var source = await rig.OpenAsync("a", OpenMode.Read);
        var (_, target) = await rig.CreateAsync("b");
        var copied = await rig.FileSystem.CopyRangeAsync(Caller.Internal, source, 0, target, 0, long.MaxValue, CancellationToken.None);
        await rig.CloseAsync(target);
        await rig.DrainAsync();

        Assert.That(copied, Is.EqualTo(5));
        Assert.That(rig.Remote(), Is.EqualTo("a=hello b=hello"));
        Assert.That(rig.World.BytesReceived, Is.Zero);
        Assert.That(rig.World.Count("read"), Is.Zero);
        Assert.That(await rig.TextAsync("b"), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Bytes_that_are_known_remotely_are_copied_there()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("a", "hello");
        await rig.WalkAsync("a");
        await rig.PutAsync("b", "hello");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("a=hello b=hello"));
        Assert.That(rig.World.BytesReceived, Is.Zero);
    }

    [Test]
    public async Task Empty_files_stay_here_until_their_first_byte()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.PutAsync("f", "");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.Empty);
        Assert.That((await rig.WalkAsync("f")).Length, Is.Zero);
        Assert.That(rig.FileSystem.GetStatus().Pending, Is.EqualTo(new PendingSummary(0, 0, 1, 0)));
        await rig.RestartAsync();
        Assert.That(await rig.TextAsync("f"), Is.Empty);
        await rig.PutAsync("f", "x");
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("f=x"));
    }

    [Test]
    public async Task Names_by_the_list_stay_here()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.PutAsync(".DS_Store", "x");
        await rig.MakeDirectoryAsync(".Trash-1000");
        await rig.PutAsync(".Trash-1000/a:b", "y");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.Empty);
        Assert.That(await rig.TextAsync(".Trash-1000/a:b"), Is.EqualTo("y"));
        await rig.RenameAsync(".DS_Store", "kept");
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("kept=x"));
    }

    [Test]
    public async Task What_waits_is_sent_after_a_restart()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("old", "1");
        rig.AddText("gone", "2");
        var handle = await rig.OpenAsync("old", OpenMode.ReadWrite);
        await rig.WriteAsync(handle, 1, "more");
        await rig.CloseAsync(handle);
        await rig.RenameAsync("old", "new");
        await rig.UnlinkAsync("gone");
        await rig.MakeDirectoryAsync("d");
        await rig.PutAsync("d/f", "3");
        await rig.RestartAsync();

        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EquivalentTo(new[] { "d", "new" }));
        Assert.That(await rig.TextAsync("new"), Is.EqualTo("1more"));
        Assert.That(await rig.TextAsync("d/f"), Is.EqualTo("3"));
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("d/(f=3) new=1more"));
    }

    [Test]
    public async Task What_is_written_while_the_file_is_on_its_way_is_sent_after_it()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var arrived = new TaskCompletionSource();
        var proceed = new TaskCompletionSource();
        rig.World.OnCall = async (call, _) =>
        {
            if (call is { Verb: "refer" } && !arrived.Task.IsCompleted)
            {
                arrived.SetResult();
                await proceed.Task;
            }
        };
        await rig.PutAsync("f", "first");
        await arrived.Task;
        var handle = await rig.OpenAsync("f", OpenMode.ReadWrite);
        await rig.WriteAsync(handle, 5, " second");
        Assert.That(Encoding.UTF8.GetString(await rig.ReadAllAsync(handle)), Is.EqualTo("first second"));
        await rig.CloseAsync(handle);
        proceed.SetResult();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=first second"));
        Assert.That(rig.World.In(rig.World.Root)["f"].Version, Is.EqualTo(2));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("first second"));
    }

    [Test]
    public async Task An_unlinked_file_is_written_and_read_until_it_is_closed()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var (inode, handle) = await rig.CreateAsync("f");
        await rig.WriteAsync(handle, 0, "hello");
        await rig.UnlinkAsync("f");
        await rig.WriteAsync(handle, 5, " there");

        Assert.That(Encoding.UTF8.GetString(await rig.ReadAllAsync(handle)), Is.EqualTo("hello there"));
        var entry = await rig.FileSystem.GetAttributesAsync(Caller.Internal, inode, handle, CancellationToken.None);
        Assert.That(entry.Attributes.LinkCount, Is.Zero);
        await rig.CloseAsync(handle);
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.Empty);
        await rig.StopAsync();
        await rig.RestartAsync();
        Assert.That(rig.Cache.Staging.Numbers(), Is.Empty);
    }

    [Test]
    public async Task A_lost_answer_doubles_nothing()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var file = rig.AddText("old", "1");
        var lost = new HashSet<string>();
        rig.World.OnAnswer = _ =>
        {
            lock (lost)
            {
                if (lost.Count < 3 && lost.Add($"{lost.Count}"))
                    throw new FsException(FsError.Offline, "The answer is lost.");
            }
        };
        await rig.PutAsync("new", "x");
        await rig.PutAsync("old", "2");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("new=x old=2"));
        Assert.That(file.Version, Is.EqualTo(2));
        Assert.That(lost, Has.Count.EqualTo(3));
    }
}
