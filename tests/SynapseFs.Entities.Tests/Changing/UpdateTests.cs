using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Store;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class UpdateTests
{
    private World _world = null!;
    private RemoteChild _file = null!;

    private Writer Owner => _world.Owner;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync();
        _file = await Owner.CreateFileAsync("a.txt", "one");
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_rename_costs_two_calls_and_tells_all_about_the_file()
    {
        await _world.AnnotateAsync(_file.RemoteId, new() { ["species"] = new AnnotationsValue { Type = "STRING", Value = ["human"] } });
        RemoteChild renamed = null!;

        var calls = await _world.CountCallsAsync(async () => renamed = await Owner.RenameAsync(_file, "b.txt"));

        var listed = (await _world.ListAsync(_world.Project)).Single();
        var described = await _world.DescribeAsync(World.Node(renamed));
        Assert.That(calls, Is.EqualTo(2));
        Assert.That((renamed.Name, renamed.RemoteId, renamed.Revision), Is.EqualTo(("b.txt", _file.RemoteId, listed.Revision)));
        Assert.That(renamed.Details!.Xattrs, Is.EquivalentTo(described.Xattrs));
        Assert.That(renamed.Details with { Xattrs = described.Xattrs }, Is.EqualTo(described));
        Assert.That(renamed.Details.Rights, Is.EqualTo(NodeRights.Change | NodeRights.Delete | NodeRights.Move));
    }

    [Test]
    public async Task New_content_is_a_new_version_of_the_same_entity()
    {
        RemoteChild changed = null!;

        var calls = await _world.CountCallsAsync(async () => changed = await Owner.ReplaceAsync(_file, "second"));

        var entity = await _world.GetAsync(_file.RemoteId);
        Assert.That(calls, Is.EqualTo(6));
        Assert.That((entity.VersionNumber, entity.VersionLabel), Is.EqualTo((2L, "2")));
        Assert.That(changed.Details!.Content!.Value, Is.EqualTo(new ContentKey(entity.DataFileHandleId!, Writer.Md5("second"))));
        Assert.That(changed.Details.Length, Is.EqualTo(6));
        Assert.That(await _world.ReadAsync(World.Node(changed), changed.Details), Is.EqualTo("second"));
    }

    [Test]
    public async Task Name_place_and_content_are_written_together_and_everything_else_stays()
    {
        var folder = await Owner.CreateFolderAsync("folder");
        await _world.ChangeAsync(_file.RemoteId, entity => entity with { Description = "told", VersionComment = "first" });
        await _world.AnnotateAsync(_file.RemoteId, new() { ["k"] = new AnnotationsValue { Type = "STRING", Value = ["v"] } });
        await _world.ForgetRequestsAsync();

        var changed = await Owner.UpdateAsync(_file, new NodeUpdate
        {
            Place = Owner.PlaceIn("b.txt", folder.RemoteId),
            KnownPlace = Owner.PlaceIn("a.txt"),
            Content = Owner.Local("second"),
            KnownContent = _file.Details!.Content!.Value.Id,
        });

        var entity = await _world.GetAsync(_file.RemoteId);
        Assert.That((await _world.GetCallsAsync()).Count(call => call == "PUT /repo/v1/entity/{id}"), Is.EqualTo(1));
        Assert.That((entity.Name, entity.ParentId, entity.VersionNumber), Is.EqualTo(("b.txt", folder.RemoteId, 2L)));
        Assert.That(entity.Description, Is.EqualTo("told"));
        Assert.That(changed.Details!.Xattrs["user.k"], Is.EqualTo("v"));
        Assert.That(Owner.Announced[^1], Is.EqualTo(entity.DataFileHandleId));
    }

    [Test]
    public async Task Where_only_the_listing_was_known_new_content_is_held_against_its_version()
    {
        var listed = (await _world.ListAsync(_world.Project)).Single();
        var update = new NodeUpdate { Content = Owner.Local("ours"), KnownRevision = listed.Revision };
        await _world.ChangeAsync(_file.RemoteId, entity => entity with { Description = "told" });
        await Owner.UpdateAsync(_file, update);

        Assert.That((await _world.GetAsync(_file.RemoteId)).VersionNumber, Is.EqualTo(2));
        Assert.That(
            () => Owner.UpdateAsync(_file, update with { Content = Owner.Local("ours again") }), Refused.By(ChangeRefusal.ContentChanged));
    }

    [Test]
    public async Task A_version_label_survives_a_rename_of_a_later_version()
    {
        await Owner.ReplaceAsync(_file, "second");
        await _world.ChangeAsync(_file.RemoteId, entity => entity with { VersionLabel = "final" });

        await Owner.RenameAsync(_file, "b.txt");

        var entity = await _world.GetAsync(_file.RemoteId);
        Assert.That((entity.VersionNumber, entity.VersionLabel), Is.EqualTo((2L, "final")));
    }

    [Test]
    public async Task A_label_that_is_the_next_versions_number_does_not_stop_new_content()
    {
        await _world.ChangeAsync(_file.RemoteId, entity => entity with { VersionLabel = "2" });

        var changed = await Owner.ReplaceAsync(_file, "second");

        Assert.That((await _world.GetAsync(_file.RemoteId)).VersionNumber, Is.EqualTo(2));
        Assert.That(await _world.ReadAsync(World.Node(changed), changed.Details!), Is.EqualTo("second"));
    }

    [Test]
    public async Task The_same_bytes_are_not_sent()
    {
        var calls = await _world.CountCallsAsync(() => Owner.ReplaceAsync(_file, "one"));

        Assert.That(calls, Is.EqualTo(1));
        Assert.That((await _world.GetAsync(_file.RemoteId)).VersionNumber, Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_already_as_wanted_is_success()
    {
        var content = Owner.Local("second");
        var update = new NodeUpdate
        {
            Place = Owner.PlaceIn("b.txt"),
            KnownPlace = Owner.PlaceIn("a.txt"),
            Content = content,
            KnownContent = _file.Details!.Content!.Value.Id,
        };
        var first = await Owner.UpdateAsync(_file, update);
        File.Delete(content.Path);

        var calls = await _world.CountCallsAsync(
            async () => Assert.That(
                (await Owner.UpdateAsync(_file, update with { Content = content with { SentContent = Owner.Announced[^1] } })).Revision,
                Is.EqualTo(first.Revision)));

        Assert.That(calls, Is.EqualTo(1));
        Assert.That((await _world.GetAsync(_file.RemoteId)).VersionNumber, Is.EqualTo(2));
    }

    [Test]
    public async Task A_lost_answer_leaves_one_new_version()
    {
        var rule = _world.Server.Faults.Add(new FaultRule { Method = "PUT", Path = "/repo/v1/entity/*", LoseAnswer = true, Count = 1 });

        var changed = await Owner.ReplaceAsync(_file, "second");

        Assert.That(_world.Server.Faults.TimesApplied(rule), Is.EqualTo(1));
        Assert.That((await _world.GetAsync(_file.RemoteId)).VersionNumber, Is.EqualTo(2));
        Assert.That(changed.Details!.Content!.Value.Id, Is.EqualTo(Owner.Announced[^1]));
    }

    [Test]
    public async Task A_change_between_reading_and_writing_is_read_again()
    {
        var rule = _world.Server.Faults.Add(new FaultRule { Method = "PUT", Path = "/repo/v1/entity/*", Conflict = true, Count = 2 });

        await Owner.ReplaceAsync(_file, "second");

        Assert.That(_world.Server.Faults.TimesApplied(rule), Is.EqualTo(2));
        Assert.That((await _world.GetAsync(_file.RemoteId)).VersionNumber, Is.EqualTo(2));
        Assert.That(Owner.Announced, Has.Count.EqualTo(2), "one for the first content, one for the second");
    }

    [Test]
    public void Changes_that_never_rest_are_trouble_that_passes()
    {
        _world.Server.Faults.Add(new FaultRule { Method = "PUT", Path = "/repo/v1/entity/*", Conflict = true });

        Assert.That(() => Owner.ReplaceAsync(_file, "second"), Refused.ForNow(Vfs.FsError.Busy));
    }

    [Test]
    public async Task Content_that_somebody_changed_since_is_not_overwritten_and_nothing_is_sent()
    {
        await _world.ReplaceAsync(_file.RemoteId, "theirs");
        await _world.ForgetRequestsAsync();

        Assert.That(() => Owner.ReplaceAsync(_file, "mine"), Refused.By(ChangeRefusal.ContentChanged));
        Assert.That(await _world.CountTransfersAsync(), Is.Zero);
        Assert.That((await _world.GetAsync(_file.RemoteId)).VersionNumber, Is.EqualTo(2));
    }

    [Test]
    public async Task Content_that_somebody_changes_while_it_is_sent_is_not_overwritten()
    {
        Owner.OnAnnounced = _ => _world.ReplaceAsync(_file.RemoteId, "theirs");

        Assert.That(() => Owner.ReplaceAsync(_file, "mine"), Refused.By(ChangeRefusal.ContentChanged));
        Assert.That((await _world.DescribeAsync(World.Node(_file))).Length, Is.EqualTo(6));
    }

    [Test]
    public async Task Where_only_a_description_was_changed_new_content_goes_on()
    {
        await _world.ChangeAsync(_file.RemoteId, entity => entity with { Description = "told" });

        await Owner.ReplaceAsync(_file, "second");

        var entity = await _world.GetAsync(_file.RemoteId);
        Assert.That((entity.VersionNumber, entity.Description), Is.EqualTo((2L, "told")));
    }

    [Test]
    public async Task New_content_follows_a_file_that_somebody_moved()
    {
        var folder = await Owner.CreateFolderAsync("folder");
        await _world.ChangeAsync(_file.RemoteId, entity => entity with { ParentId = folder.RemoteId, Name = "theirs.txt" });

        var changed = await Owner.ReplaceAsync(_file, "second");

        Assert.That(changed.Name, Is.EqualTo("theirs.txt"));
        Assert.That((await _world.GetAsync(_file.RemoteId)).ParentId, Is.EqualTo(folder.RemoteId));
    }

    [Test]
    public async Task A_place_that_somebody_changed_since_is_left()
    {
        await _world.ChangeAsync(_file.RemoteId, entity => entity with { Name = "theirs.txt" });
        var update = new NodeUpdate { Place = Owner.PlaceIn("mine.txt"), KnownPlace = Owner.PlaceIn("a.txt") };

        Assert.That(() => Owner.UpdateAsync(_file, update), Refused.By(ChangeRefusal.PlaceChanged));
        Assert.That((await Owner.UpdateAsync(_file, update with { KnownPlace = null })).Name, Is.EqualTo("mine.txt"));
    }

    [Test]
    public async Task A_file_that_was_deleted_is_gone()
    {
        await _world.DeleteAsync(_file.RemoteId);

        Assert.That(() => Owner.RenameAsync(_file, "b.txt"), Refused.By(ChangeRefusal.Gone));
        Assert.That(() => Owner.ReplaceAsync(_file, "second"), Refused.By(ChangeRefusal.Gone));
    }

    [Test]
    public async Task A_directory_that_was_deleted_is_gone_and_not_the_file()
    {
        var folder = await Owner.CreateFolderAsync("folder");
        await _world.DeleteAsync(folder.RemoteId);

        Assert.That(() => Owner.RenameAsync(_file, "a.txt", folder.RemoteId), Refused.By(ChangeRefusal.ParentGone));
        Assert.That(() => Owner.CreateFileAsync("b.txt", "hello", folder.RemoteId), Refused.By(ChangeRefusal.ParentGone));
        Assert.That(() => Owner.CreateFolderAsync("inner", folder.RemoteId), Refused.By(ChangeRefusal.ParentGone));
    }

    [Test]
    public async Task A_name_that_something_else_has_is_taken()
    {
        await Owner.CreateFolderAsync("b.txt");

        Assert.That(() => Owner.RenameAsync(_file, "b.txt"), Refused.By(ChangeRefusal.NameTaken));
    }

    [Test]
    public void What_is_no_project_cannot_stand_beside_projects() => Assert.That(
        () => Owner.RenameAsync(_file, "a.txt", SynapseKinds.ProjectsRoot("3350396").RemoteId), Refused.By(ChangeRefusal.Impossible));

    [Test]
    public async Task A_project_is_renamed_and_goes_nowhere_else()
    {
        var project = (await _world.ListAsync(SynapseKinds.ProjectsRoot("1"))).Single();

        var renamed = await Owner.UpdateAsync(
            project, new NodeUpdate { Place = new NodePlace("1", "Renamed"), KnownPlace = new NodePlace("1", "World") });

        Assert.That((renamed.Name, (await _world.GetAsync(project.RemoteId)).Name), Is.EqualTo(("Renamed", "Renamed")));
        Assert.That(
            () => Owner.UpdateAsync(project, new NodeUpdate { Place = new NodePlace("syn123", "Renamed") }),
            Refused.By(ChangeRefusal.Impossible));
    }

    [Test]
    public async Task A_folder_and_a_link_are_moved_with_two_calls()
    {
        var (from, to) = (await Owner.CreateFolderAsync("from"), await Owner.CreateFolderAsync("to"));
        var link = await Owner.CreateLinkAsync("link", _file.RemoteId);

        Assert.That(await _world.CountCallsAsync(() => Owner.RenameAsync(from, "inner", to.RemoteId)), Is.EqualTo(2));
        var moved = await Owner.RenameAsync(link, "link", to.RemoteId);

        Assert.That(
            (await _world.ListAsync(World.Node(to))).Select(child => child.Name), Is.EquivalentTo(new[] { "inner", "link" }));
        Assert.That(moved.Details!.LinkTarget, Is.EqualTo("/a.txt"));
    }

    [Test]
    public void A_pinned_version_and_a_document_cannot_be_changed()
    {
        foreach (var kind in new[] { EntityKinds.FileVersion, EntityKinds.Document, EntityKinds.HiddenRoom })
        {
            Assert.That(
                () => Owner.Kinds[kind].UpdateAsync(
                    World.Node(kind, "syn1.1"), new NodeUpdate(), Urgency.Sending, CancellationToken.None),
                Refused.By(ChangeRefusal.Impossible));
        }
    }
}
