using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>However a program saves, the name keeps its remote thing and gets one version.</summary>
public sealed class IdentityTests
{
    [Test]
    public async Task Writing_a_temporary_and_renaming_it_over_is_a_version() => await SavesAsync(async rig =>
    {
        await rig.PutAsync("tmp", "new");
        await rig.RenameAsync("tmp", "f");
    });

    [Test]
    public async Task Renaming_over_what_was_already_sent_is_a_version_too() => await SavesAsync(async rig =>
    {
        await rig.PutAsync("tmp", "new");
        await rig.DrainAsync();
        await rig.RenameAsync("tmp", "f");
    });

    [Test]
    public async Task Truncating_and_writing_is_a_version() => await SavesAsync(rig => rig.PutAsync("f", "new"));

    [Test]
    public async Task Deleting_and_writing_anew_is_a_version() => await SavesAsync(async rig =>
    {
        await rig.UnlinkAsync("f");
        await rig.PutAsync("f", "new");
    });

    [Test]
    public async Task A_backup_by_renaming_that_is_deleted_in_the_end_leaves_a_version() => await SavesAsync(async rig =>
    {
        await rig.RenameAsync("f", "f.bak");
        await rig.PutAsync("f", "new");
        await rig.UnlinkAsync("f.bak");
    });

    [Test]
    public async Task A_backup_of_any_name_that_is_deleted_in_the_end_leaves_a_version() => await SavesAsync(async rig =>
    {
        await rig.RenameAsync("f", "whatever");
        await rig.PutAsync("f", "new");
        await rig.UnlinkAsync("whatever");
    });

    [Test]
    public async Task A_backup_under_a_name_that_stays_here_leaves_a_version() => await SavesAsync(async rig =>
    {
        await rig.RenameAsync("f", "f~");
        await rig.PutAsync("f", "new");
        Assert.That(await rig.TextAsync("f~"), Is.EqualTo("old"));
    });

    [Test]
    public async Task A_backup_and_a_temporary_renamed_in_leave_a_version() => await SavesAsync(async rig =>
    {
        await rig.PutAsync("tmp", "new");
        await rig.RenameAsync("f", "f~");
        await rig.RenameAsync("tmp", "f");
        await rig.UnlinkAsync("f~");
    });

    [Test]
    public async Task Exchanging_with_a_temporary_is_a_version() => await SavesAsync(async rig =>
    {
        await rig.PutAsync("tmp", "new");
        await rig.RenameAsync("tmp", "f", RenameMode.Exchange);
        await rig.UnlinkAsync("tmp");
    });

    [Test]
    public async Task A_backup_that_is_kept_becomes_a_file_of_its_own_without_moving_bytes()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "old");
        await rig.RenameAsync("f", "f.bak");
        await rig.PutAsync("f", "new");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=new f.bak=old"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(file));
        Assert.That(rig.World.BytesReceived, Is.EqualTo(3));
    }

    [Test]
    public async Task A_backup_that_is_renamed_back_is_as_if_nothing_had_been()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "old");
        await rig.RenameAsync("f", "f~");
        await rig.RenameAsync("f~", "f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=old"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(file));
        Assert.That(file.Version, Is.EqualTo(1));
    }

    [TestCase("d", "d~", RenameMode.Replace)]
    [TestCase("d", "here~", RenameMode.Exchange)]
    [TestCase("f", "here~/f", RenameMode.Replace)]
    public async Task What_is_remote_is_not_moved_to_where_things_stay_here(string from, string to, RenameMode mode)
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("f", "x");
        rig.World.AddDirectory(rig.World.Root, "d");
        await rig.MakeDirectoryAsync("here~");

        Assert.That(() => rig.RenameAsync(from, to, mode), Fails.With(FsError.CrossDevice));
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("d/() f=x"));
    }

    [Test]
    public async Task A_file_that_is_exchanged_for_a_name_that_stays_here_stays_here()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("f", "bytes");
        await rig.MakeDirectoryAsync("f~");
        await rig.RenameAsync("f", "f~", RenameMode.Exchange);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f/()"));
        Assert.That(await rig.TextAsync("f~"), Is.EqualTo("bytes"));
    }

    [Test]
    public async Task A_backup_that_stays_here_has_all_its_bytes_before_the_file_is_deleted()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("f", "old bytes");
        await rig.RenameAsync("f", "f~");
        await rig.PutAsync("f", "new");
        await rig.UnlinkAsync("f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.Empty);
        Assert.That(await rig.TextAsync("f~"), Is.EqualTo("old bytes"));
    }

    [Test]
    public async Task Renaming_one_file_over_another_makes_a_version_of_the_other_and_deletes_the_one()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("a", "new");
        var file = rig.AddText("f", "old");
        await rig.RenameAsync("a", "f");
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("new"));
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=new"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(file));
        Assert.That(file.Version, Is.EqualTo(2));
        Assert.That(rig.World.BytesReceived, Is.Zero);
    }

    [Test]
    public async Task What_takes_a_free_name_keeps_what_it_is()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("a", "1");
        rig.AddText("b", "2");
        await rig.UnlinkAsync("b");
        await rig.RenameAsync("a", "b");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("b=1"));
        Assert.That(rig.World.In(rig.World.Root)["b"], Is.SameAs(file));
        Assert.That(file.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task An_open_reader_of_what_was_renamed_over_reads_on()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("f", "old");
        var reader = await rig.OpenAsync("f", OpenMode.Read);
        await rig.PutAsync("tmp", "new");
        await rig.RenameAsync("tmp", "f");

        Assert.That(await rig.ReadAllAsync(reader), Is.EqualTo("old"u8.ToArray()));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("new"));
        await rig.DrainAsync();
        Assert.That(await rig.ReadAllAsync(reader), Is.EqualTo("old"u8.ToArray()));
    }

    private static async Task SavesAsync(Func<EngineRig, Task> save)
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "old");
        rig.World.SetXattr(file, "user.species", "human");
        await rig.WalkAsync("f");
        await save(rig);
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("new"));
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=new"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(file));
        Assert.That(file.Version, Is.EqualTo(2));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("new"));
        Assert.That(await rig.XattrAsync((await rig.WalkAsync("f")).Inode, "user.species"), Is.EqualTo("human"));
    }
}
