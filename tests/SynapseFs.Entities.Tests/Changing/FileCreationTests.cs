using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class FileCreationTests
{
    private World _world = null!;

    private Writer Owner => _world.Owner;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync(options => options with { Users = [new ServerUser { Name = "other" }] });

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_new_file_holds_the_bytes_and_is_described_whole()
    {
        var made = await Owner.CreateFileAsync("a.csv", "hello");

        var listed = (await _world.ListAsync(_world.Project)).Single();
        var described = await _world.DescribeAsync(World.Node(made));
        Assert.That((made.Name, made.Kind, made.RemoteId), Is.EqualTo((listed.Name, listed.Kind, listed.RemoteId)));
        Assert.That((made.Revision, made.Modified, made.Created), Is.EqualTo((listed.Revision, listed.Modified, listed.Created)));
        Assert.That(made.Details, Is.Not.Null);
        Assert.That(made.Details! with { Lifetime = null, Xattrs = described.Xattrs }, Is.EqualTo(described));
        Assert.That(made.Details.Xattrs, Is.EquivalentTo(described.Xattrs));
        Assert.That(made.Details.Rights, Is.EqualTo(NodeRights.Change | NodeRights.Delete | NodeRights.Move));
        Assert.That(made.Details.Lifetime, Is.LessThanOrEqualTo(TimeSpan.FromDays(1)));
        Assert.That(made.Details.Xattrs["user.synapse.content-type"], Is.EqualTo("text/csv"));
        Assert.That(await _world.ReadAsync(World.Node(made), described), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_new_file_costs_five_calls()
    {
        await Owner.CreateFileAsync("first.txt", "the first also asks where files are stored, and for names");

        await _world.CountCallsAsync(() => Owner.CreateFileAsync("second.txt", "hello"));

        Assert.That(await _world.GetCallsAsync(), Is.EqualTo(new[]
        {
            "POST /file/v1/file/multipart",
            "POST /file/v1/file/multipart/{upload}/presigned/url/batch",
            "PUT /file/v1/file/multipart/{upload}/add/{part}",
            "PUT /file/v1/file/multipart/{upload}/complete",
            "POST /repo/v1/entity",
        }));
    }

    [Test]
    public async Task Where_files_of_a_directory_are_stored_is_asked_once_by_all_who_send_there()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Owner.CreateFileAsync($"{i}.txt", $"hello {i}")));

        Assert.That((await _world.GetCallsAsync()).Count(call => call.Contains("uploadDestination")), Is.EqualTo(1));
    }

    [Test]
    public async Task Bytes_are_announced_before_anything_refers_to_them()
    {
        RemoteChild? found = null;
        Owner.OnAnnounced = async _ => found = await _world.FindAsync(_world.Project, "a.txt");

        var made = await Owner.CreateFileAsync("a.txt", "hello");

        Assert.That(found, Is.Null);
        Assert.That(Owner.Announced, Is.EqualTo(new[] { made.Details!.Content!.Value.Id }));
    }

    [Test]
    public async Task A_lost_answer_leaves_one_file_of_one_version()
    {
        var rule = _world.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", LoseAnswer = true, Count = 1 });

        var made = await Owner.CreateFileAsync("a.txt", "hello");

        Assert.That(_world.Server.Faults.TimesApplied(rule), Is.EqualTo(1));
        await HoldsOnceAsync("a.txt", made.RemoteId);
    }

    [Test]
    public async Task Making_it_again_after_the_answer_was_lost_for_good_finds_the_one_that_was_made()
    {
        var content = Owner.Local("hello");
        var first = await Owner.CreateFileAsync("a.txt", content);
        File.Delete(content.Path);
        RemoteChild again = null!;

        var calls = await _world.CountCallsAsync(
            async () => again = await Owner.CreateFileAsync("a.txt", content with { SentContent = Owner.Announced.Single() }));

        Assert.That(calls, Is.EqualTo(3), "create, refused; who has the name; what it is");
        Assert.That(again.RemoteId, Is.EqualTo(first.RemoteId));
        Assert.That(again.Details!.Content, Is.EqualTo(first.Details!.Content));
        await HoldsOnceAsync("a.txt", first.RemoteId);
    }

    [Test]
    public async Task Making_it_again_without_any_memory_finds_the_same_bytes_by_the_same_person()
    {
        var first = await Owner.CreateFileAsync("a.txt", "hello");

        var again = await Owner.CreateFileAsync("a.txt", "hello");

        Assert.That(again.RemoteId, Is.EqualTo(first.RemoteId));
        await HoldsOnceAsync("a.txt", first.RemoteId);
    }

    [Test]
    public async Task A_name_that_has_other_bytes_is_taken()
    {
        var there = await Owner.CreateFileAsync("a.txt", "hello");

        Assert.That(() => Owner.CreateFileAsync("a.txt", "other"), Refused.By(ChangeRefusal.NameTaken));
        await HoldsOnceAsync("a.txt", there.RemoteId);
    }

    [Test]
    public async Task A_name_that_somebody_else_gave_to_the_same_bytes_is_taken()
    {
        await _world.ShareAsync(_world.Server.Accounts[0], "READ", "DOWNLOAD", "CREATE", "UPDATE");
        await using var other = _world.As(_world.Server.Accounts[0]);
        await other.CreateFileAsync("a.txt", "hello");

        Assert.That(() => Owner.CreateFileAsync("a.txt", "hello"), Refused.By(ChangeRefusal.NameTaken));
    }

    [Test]
    public async Task A_name_that_a_folder_has_is_taken()
    {
        await Owner.CreateFolderAsync("a.txt");

        Assert.That(() => Owner.CreateFileAsync("a.txt", "hello"), Refused.By(ChangeRefusal.NameTaken));
    }

    [Test]
    public async Task A_name_that_something_hidden_has_is_taken()
    {
        var hidden = await _world.AddFolderAsync("a.txt");
        await _world.ShareAsync(_world.Server.Accounts[0], "READ", "DOWNLOAD", "CREATE", "UPDATE");
        await _world.RestrictAsync(hidden, "READ");
        await using var other = _world.As(_world.Server.Accounts[0]);

        Assert.That(() => other.CreateFileAsync("a.txt", "hello"), Refused.By(ChangeRefusal.NameTaken));
    }

    [TestCase("999999")]
    [TestCase("another person's")]
    public async Task Bytes_that_an_earlier_attempt_sent_and_that_are_no_longer_there_are_sent_again(string earlier)
    {
        if (earlier != "999999")
        {
            await _world.ShareAsync(_world.Server.Accounts[0], "READ", "DOWNLOAD", "CREATE", "UPDATE");
            await using var other = _world.As(_world.Server.Accounts[0]);
            earlier = (await other.CreateFileAsync("theirs.txt", "other")).Details!.Content!.Value.Id;
        }

        var made = await Owner.CreateFileAsync("a.txt", Owner.Local("hello") with { SentContent = earlier });

        Assert.That(made.Details!.Content!.Value.Id, Is.Not.EqualTo(earlier));
        Assert.That(Owner.Announced, Is.EqualTo(new[] { earlier, made.Details.Content.Value.Id }));
        Assert.That(await _world.ReadAsync(World.Node(made), made.Details), Is.EqualTo("hello"));
    }

    [Test]
    public void An_empty_file_cannot_be_made() => Assert.That(
        () => Owner.Kinds[EntityKinds.File].CreateAsync(
            new NewNode { Parent = _world.Project.RemoteId, ParentKind = EntityKinds.Project, Name = "a.txt" }, Urgency.Sending,
            CancellationToken.None),
        Refused.By(ChangeRefusal.Impossible));

    [Test]
    public void A_local_file_that_vanished_or_grew_is_an_input_output_error()
    {
        var (gone, grown) = (Owner.Local("hello"), Owner.Local("hello"));
        File.Delete(gone.Path);
        File.AppendAllText(grown.Path, "more");

        Assert.That(() => Owner.CreateFileAsync("a.txt", gone), Refused.ForNow(FsError.InputOutput));
        Assert.That(() => Owner.CreateFileAsync("b.txt", grown), Refused.ForNow(FsError.InputOutput));
    }

    [Test]
    public async Task A_local_file_that_is_no_longer_what_it_was_is_not_sent()
    {
        var content = Owner.Local("hello");
        await File.WriteAllTextAsync(content.Path, "HELLO");

        Assert.That(() => Owner.CreateFileAsync("a.txt", content), Refused.ForNow(FsError.InputOutput));
        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
    }

    private async Task HoldsOnceAsync(string name, string id)
    {
        var children = await _world.ListAsync(_world.Project);
        Assert.That(children.Where(child => child.Name == name).Select(child => child.RemoteId), Is.EqualTo(new[] { id }));
        Assert.That((await _world.GetAsync(id)).VersionNumber, Is.EqualTo(1));
    }
}
