using SynapseFs.Api;
using SynapseFs.Client.Tests.Support;

namespace SynapseFs.Client.Tests.Integration;

internal sealed class FileHandleTests
{
    private EmbeddedWorld _world = null!;

    [OneTimeSetUp]
    public async Task SetUp() => _world = await EmbeddedWorld.StartAsync();

    [OneTimeTearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public async Task A_copy_is_another_handle_of_the_same_bytes()
    {
        var file = await _world.AddFileAsync("original.txt", "hello"u8.ToArray());

        var copy = await _world.Client.FileHandles.CopyAsync(file, "copy.csv", "text/csv", RequestPriority.Upload, default);

        Assert.That(copy.Id, Is.Not.EqualTo(file.FileHandleId));
        Assert.That((copy.FileName, copy.ContentType, copy.ContentSize), Is.EqualTo(("copy.csv", "text/csv", 5L)));
        Assert.That(copy.ContentMd5, Is.EqualTo("5d41402abc4b2a76b9719d911017c592"));
    }

    [Test]
    public async Task Without_a_new_name_and_type_a_copy_keeps_them()
    {
        var file = await _world.AddFileAsync("kept.txt", "hello"u8.ToArray());

        var copy = await _world.Client.FileHandles.CopyAsync(file, null, null, RequestPriority.Upload, default);

        Assert.That((copy.FileName, copy.ContentType), Is.EqualTo(("kept.txt", "text/plain")));
    }

    [Test]
    public void What_is_not_there_cannot_be_copied()
    {
        var nothing = new FileHandleAssociation
        {
            FileHandleId = "999999",
            AssociateObjectId = _world.ProjectId,
            AssociateObjectType = "FileEntity",
        };

        Assert.That(() => _world.Client.FileHandles.CopyAsync(nothing, null, null, RequestPriority.Upload, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.NotFound));
    }

    [Test]
    public async Task What_may_not_be_downloaded_cannot_be_copied()
    {
        var file = await _world.AddFileAsync("mine.txt", "hello"u8.ToArray());
        await using var stranger = _world.Connect(_world.Server.Accounts.Single().Token);

        Assert.That(() => stranger.FileHandles.CopyAsync(file, null, null, RequestPriority.Upload, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.Forbidden).And.Message.Contains("copied"));
    }
}
