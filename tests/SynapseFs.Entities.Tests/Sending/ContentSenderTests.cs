using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Store;

namespace SynapseFs.Entities.Tests.Sending;

internal sealed class ContentSenderTests
{
    private const string OwnLocation =
        """{ "concreteType": "org.sagebionetworks.repo.model.project.S3StorageLocationSetting", "uploadType": "S3" }""";

    private World _world = null!;
    private RemoteChild _original = null!;

    private Writer Owner => _world.Owner;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync(options => options with { Users = [new ServerUser { Name = "other" }] });
        _original = await Owner.CreateFileAsync("original.txt", "hello");
        await _world.ForgetRequestsAsync();
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Known_bytes_are_copied_in_synapse_with_two_calls()
    {
        var made = await Owner.CreateFileAsync("copy.csv", Copying(_original));

        Assert.That(await _world.GetCallsAsync(), Is.EqualTo(new[] { "POST /file/v1/filehandles/copy", "POST /repo/v1/entity" }));
        Assert.That(await _world.CountTransfersAsync(), Is.Zero);
        Assert.That(made.Details!.Content!.Value.Id, Is.Not.EqualTo(_original.Details!.Content!.Value.Id));
        Assert.That(made.Details.Xattrs["user.synapse.content-type"], Is.EqualTo("text/csv"));
        Assert.That(await _world.ReadAsync(World.Node(made), made.Details), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Known_bytes_replace_others_with_three_calls()
    {
        var other = await Owner.CreateFileAsync("other.txt", "other");

        var calls = await _world.CountCallsAsync(() => Owner.UpdateAsync(other, new NodeUpdate { Content = Copying(_original) }));

        Assert.That(calls, Is.EqualTo(3));
        Assert.That(await _world.CountTransfersAsync(), Is.Zero);
    }

    [Test]
    public async Task Another_persons_file_is_copied_where_it_may_be_downloaded()
    {
        await _world.ShareAsync(_world.Server.Accounts[0], "READ", "DOWNLOAD", "CREATE", "UPDATE");
        await using var other = _world.As(_world.Server.Accounts[0]);
        await _world.ForgetRequestsAsync();

        var made = await other.CreateFileAsync("copy.txt", Copying(_original, other));

        Assert.That(await _world.CountTransfersAsync(), Is.Zero);
        Assert.That(made.Details!.Length, Is.EqualTo(5));
    }

    [Test]
    public async Task What_may_not_be_copied_is_sent()
    {
        await _world.ShareAsync(_world.Server.Accounts[0], "READ", "CREATE", "UPDATE");
        await using var other = _world.As(_world.Server.Accounts[0]);
        await _world.ForgetRequestsAsync();

        await other.CreateFileAsync("copy.txt", Copying(_original, other));

        Assert.That(await _world.CountTransfersAsync(), Is.EqualTo(1));
    }

    [TestCase("999999", "hello")]
    [TestCase(null, "other bytes")]
    public async Task A_copy_that_is_not_there_or_not_the_same_is_passed_over(string? handle, string text)
    {
        var wrong = new KnownCopy(
            _original.RemoteId, new ContentKey(handle ?? _original.Details!.Content!.Value.Id, Writer.Md5(text)));

        var made = await Owner.CreateFileAsync("copy.txt", Owner.Local(text) with { Copies = [wrong] });

        Assert.That(await _world.CountTransfersAsync(), Is.EqualTo(1));
        Assert.That(await _world.ReadAsync(World.Node(made), made.Details!), Is.EqualTo(text));
    }

    [Test]
    public async Task The_next_copy_is_tried_when_one_is_gone()
    {
        var gone = new KnownCopy(_original.RemoteId, new ContentKey("999999", Writer.Md5("hello")));
        var content = Copying(_original);

        await Owner.CreateFileAsync("copy.txt", content with { Copies = [gone, .. content.Copies] });

        Assert.That(await _world.CountTransfersAsync(), Is.Zero);
    }

    [Test]
    public async Task Files_go_to_the_storage_that_their_directory_asks_for()
    {
        var folder = await _world.AddFolderAsync("elsewhere");
        var location = await _world.StoreElsewhereAsync(folder, OwnLocation);

        var made = await Owner.CreateFileAsync("a.txt", "hello", folder);

        Assert.That(await LocationOfAsync(made), Is.EqualTo(location));
        Assert.That(await LocationOfAsync(_original), Is.EqualTo(1));
    }

    [Test]
    public async Task A_copy_would_lie_in_the_wrong_storage_so_the_bytes_are_sent()
    {
        var folder = await _world.AddFolderAsync("elsewhere");
        var location = await _world.StoreElsewhereAsync(folder, OwnLocation);

        var made = await Owner.CreateFileAsync("copy.txt", Copying(_original), folder);

        Assert.That(await LocationOfAsync(made), Is.EqualTo(location));
    }

    [Test]
    public async Task Storage_that_this_program_cannot_write_to_is_impossible()
    {
        var folder = await _world.AddFolderAsync("elsewhere");
        await _world.StoreElsewhereAsync(
            folder,
            """
            {
              "concreteType": "org.sagebionetworks.repo.model.project.ExternalStorageLocationSetting",
              "url": "https://host.example/root", "uploadType": "HTTPS"
            }
            """);

        Assert.That(
            () => Owner.CreateFileAsync("a.txt", "hello", folder), Refused.By(ChangeRefusal.Impossible).And.Message.Contains("HTTPS"));
    }

    [Test]
    public async Task An_upload_that_stopped_goes_on_where_it_was()
    {
        var content = Owner.Local("hello, again");
        var rule = _world.Server.Faults.Add(new FaultRule { Path = "/file/v1/file/multipart/*/complete", Status = 503 });
        Assert.That(() => Owner.CreateFileAsync("a.txt", content), Refused.ForNow(Vfs.FsError.Offline));
        _world.Server.Faults.Remove(rule);
        await _world.ForgetRequestsAsync();

        await Owner.CreateFileAsync("a.txt", content);

        Assert.That(await _world.CountTransfersAsync(), Is.Zero);
    }

    [Test]
    public async Task Progress_counts_to_the_end_however_the_bytes_came()
    {
        var (sent, copied) = (new Reports(), new Reports());

        await Owner.CreateFileAsync("sent.txt", Owner.Local("bytes") with { Progress = sent });
        await Owner.CreateFileAsync("copied.txt", Copying(_original) with { Progress = copied });

        Assert.That((sent.Last, copied.Last), Is.EqualTo((5L, 5L)));
    }

    private LocalContent Copying(RemoteChild original, Writer? by = null) =>
        (by ?? Owner).Local("hello") with { Copies = [new KnownCopy(original.RemoteId, original.Details!.Content!.Value)] };

    private async Task<long?> LocationOfAsync(RemoteChild child)
    {
        var association = new FileHandleAssociation
        {
            FileHandleId = child.Details!.Content!.Value.Id,
            AssociateObjectId = child.RemoteId,
            AssociateObjectType = "FileEntity",
        };
        var found = await _world.Client.Downloads.GetFileHandlesAsync(
            [association], Client.RequestPriority.Interactive, CancellationToken.None);
        return found.Single().FileHandle!.StorageLocationId;
    }

    private sealed class Reports : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value) => Last = value;
    }
}
