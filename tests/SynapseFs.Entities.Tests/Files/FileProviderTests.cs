using System.Security.Cryptography;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Files;

internal sealed class FileProviderTests
{
    private World _world = null!;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_file_tells_its_length_content_dates_and_facts()
    {
        var id = await _world.AddFileAsync("a.txt", "hello");
        var entity = await _world.Client.Entities.GetAsync(id, version: null, Client.RequestPriority.Interactive, CancellationToken.None);

        var details = await _world.DescribeAsync(World.Node(EntityKinds.File, id));

        Assert.That(details.Length, Is.EqualTo(5));
        Assert.That(details.Content!.Value.Id, Is.EqualTo(entity.DataFileHandleId));
        Assert.That(details.Content.Value.Md5, Is.EqualTo(Md5("hello")));
        Assert.That(details.Modified, Is.EqualTo(entity.ModifiedOn));
        Assert.That(details.Created, Is.EqualTo(entity.CreatedOn));
        Assert.That(details.Permissions, Is.EqualTo(FilePermissions.AllRead | FilePermissions.UserWrite));
        Assert.That(details.Denied, Is.Null);
        Assert.That(details.Xattrs, Is.SupersetOf(new Dictionary<string, string>
        {
            ["user.synapse.id"] = id,
            ["user.synapse.type"] = "file",
            ["user.synapse.version"] = "1",
            ["user.synapse.version-label"] = "1",
            ["user.synapse.etag"] = entity.Etag!,
            ["user.synapse.md5"] = Md5("hello"),
            ["user.synapse.content-type"] = "text/plain",
            ["user.synapse.created-by"] = _world.Server.FirstUser.UserName,
            ["user.synapse.modified-by"] = _world.Server.FirstUser.UserName,
            ["user.synapse.created-on"] = SynapseDateConverter.Text(entity.CreatedOn!.Value),
            ["user.synapse.modified-on"] = SynapseDateConverter.Text(entity.ModifiedOn!.Value),
            ["user.synapse.file-handle"] = entity.DataFileHandleId!,
            ["user.synapse.url"] = $"https://www.synapse.org/Synapse:{id}",
        }));
    }

    [Test]
    public async Task Annotations_are_attributes()
    {
        var id = await _world.AddFileAsync("a.txt", "hello");
        await _world.AnnotateAsync(id, new()
        {
            ["species"] = new AnnotationsValue { Type = "STRING", Value = ["human"] },
            ["lanes"] = new AnnotationsValue { Type = "LONG", Value = ["1", "2"] },
            ["nothing"] = new AnnotationsValue { Type = "STRING", Value = [] },
        });

        var details = await _world.DescribeAsync(World.Node(EntityKinds.File, id));

        Assert.That(details.Xattrs, Is.SupersetOf(new Dictionary<string, string>
        {
            ["user.species"] = "human",
            ["user.lanes"] = "[1,2]",
            ["user.nothing"] = "[]",
        }));
    }

    [Test]
    public async Task Describing_is_one_call_and_never_a_download()
    {
        var id = await _world.AddFileAsync("a.txt", "hello");
        var node = World.Node(EntityKinds.File, id);
        // The first also asks who made it.
        await _world.DescribeAsync(node);

        Assert.That(await _world.CountCallsAsync(() => _world.DescribeAsync(node)), Is.EqualTo(1));
        Assert.That(_world.Server.Log.Totals.DownloadEvents, Is.Zero);
    }

    [Test]
    public async Task Bytes_come_from_anywhere_in_the_content()
    {
        var id = await _world.AddFileAsync("a.txt", "hello");
        var node = World.Node(EntityKinds.File, id);
        var details = await _world.DescribeAsync(node);

        Assert.That(await _world.ReadAsync(node, details), Is.EqualTo("hello"));
        Assert.That(await _world.ReadAsync(node, details, offset: 1, length: 3), Is.EqualTo("ell"));
        Assert.That(await _world.ReadAsync(node, details, offset: 4), Is.EqualTo("o"));
    }

    [Test]
    public async Task A_version_keeps_its_content()
    {
        var id = await _world.AddFileAsync("a.txt", "one");
        await _world.ReplaceAsync(id, "second");
        var (first, current) = (World.Node(EntityKinds.FileVersion, $"{id}.1"), World.Node(EntityKinds.File, id));

        var (old, latest) = (await _world.DescribeAsync(first), await _world.DescribeAsync(current));

        Assert.That((old.Length, latest.Length), Is.EqualTo((3L, 6L)));
        Assert.That(old.Xattrs["user.synapse.version"], Is.EqualTo("1"));
        Assert.That(old.Xattrs["user.synapse.url"], Does.EndWith($"{id}.1"));
        Assert.That(await _world.ReadAsync(first, old), Is.EqualTo("one"));
        Assert.That(await _world.ReadAsync(current, latest), Is.EqualTo("second"));
    }

    [Test]
    public async Task Without_download_permission_length_and_md5_are_known_and_the_bytes_are_refused()
    {
        var id = await _world.AddFileAsync("a.txt", "secret");
        await _world.RestrictAsync(id, "READ");
        var node = World.Node(EntityKinds.File, id);

        var details = await _world.DescribeAsync(node);

        Assert.That(details.Length, Is.EqualTo(6));
        Assert.That(details.Content, Is.Null);
        Assert.That(details.Permissions, Is.EqualTo(FilePermissions.None));
        Assert.That(details.Denied, Does.Contain($"https://www.synapse.org/Synapse:{id}"));
        Assert.That(details.Xattrs["user.synapse.access"], Is.EqualTo(details.Denied));
        Assert.That(details.Xattrs["user.synapse.md5"], Is.EqualTo(Md5("secret")));
        Assert.That(details.Lifetime, Is.Not.Null);
        Assert.That(
            Assert.Throws<FsException>(() => _world.Kinds[EntityKinds.File].OpenContent(node, details))!.Error,
            Is.EqualTo(FsError.AccessDenied));
    }

    [Test]
    public async Task An_old_version_without_download_permission_has_its_own_length()
    {
        var id = await _world.AddFileAsync("a.txt", "one");
        await _world.ReplaceAsync(id, "second");
        await _world.RestrictAsync(id, "READ");

        var details = await _world.DescribeAsync(World.Node(EntityKinds.FileVersion, $"{id}.1"));

        Assert.That(details.Length, Is.EqualTo(3));
    }

    [Test]
    public async Task Bytes_that_are_no_longer_allowed_are_refused_when_asked_for()
    {
        var folder = await _world.AddFolderAsync("folder");
        var id = await _world.AddFileAsync("a.txt", "hello", folder);
        var node = World.Node(EntityKinds.File, id);
        var details = await _world.DescribeAsync(node);
        await _world.DeleteAsync(folder);

        var thrown = Assert.ThrowsAsync<FsException>(() => _world.ReadAsync(node, details with
        {
            Content = details.Content!.Value with { Id = "999999" },
        }));

        Assert.That(thrown!.Error, Is.AnyOf(FsError.NotFound, FsError.AccessDenied));
    }

#pragma warning disable CA5351 // MD5 names content here
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
