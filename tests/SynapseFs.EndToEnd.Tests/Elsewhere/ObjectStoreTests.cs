using SynapseFs.Api;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Elsewhere;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Remote;
using static SynapseFs.EndToEnd.Tests.Elsewhere.ElsewhereWorld;

namespace SynapseFs.EndToEnd.Tests.Elsewhere;

/// <summary>Files in an object store that asks for the person's own keys, through the real mount.</summary>
[TestFixture]
internal sealed class ObjectStoreTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private World _world = null!;
    private ObjectStore _store = null!;

    [OneTimeSetUp]
    public void Require_the_server()
    {
        if (ObjectStore.WhyNone is { } why)
            Assert.Ignore(why);
    }

    [SetUp]
    public async Task Serve()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _store = await ObjectStore.StartAsync();
        _world.KnowKeys(_store);
        await _world.StoreAtAsync(_store);
    }

    [TearDown]
    public async Task Stop()
    {
        await _world.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task New_files_and_versions_go_to_the_object_store_that_the_project_names()
    {
        var first = World.Bytes(30_000_001, 21);
        var second = World.Bytes(100_001, 22);
        await using (var mount = await _world.MountAsync("--settle", "100ms"))
        {
            await File.WriteAllBytesAsync(mount["made here (1).bin"], first);
            await mount.WaitAsync();
            await File.WriteAllBytesAsync(mount["made here (1).bin"], second);
            await mount.WaitAsync();
        }

        var handle = await _world.HandleAsync("made here (1).bin");

        Assert.That(handle.ConcreteType, Is.EqualTo(SynapseTypes.ExternalObjectStoreFileHandle));
        Assert.That((handle.ContentMd5, handle.ContentSize), Is.EqualTo((Md5(second), (long)second.Length)));
        Assert.That((handle.EndpointUrl, handle.Bucket), Is.EqualTo((_store.Endpoint, ObjectStore.Bucket)));
        Assert.That(handle.FileKey, Does.EndWith("/made here (1).bin"));
        Assert.That(_store.Find(handle.FileKey!), Is.EqualTo(second));
        await using var other = await _world.MountSourceAsync(_world.Project, "other");
        Assert.That(await File.ReadAllBytesAsync(other["made here (1).bin"]), Is.EqualTo(second));
        Assert.That(await File.ReadAllBytesAsync(other[".synapse/of/made here (1).bin/versions/1/made here (1).bin"]), Is.EqualTo(first));
    }

    [Test]
    public async Task Of_an_object_only_what_is_read_is_fetched()
    {
        var bytes = World.Bytes(40_000_003, 23);
        await using (var mount = await _world.MountAsync("--settle", "100ms"))
        {
            await File.WriteAllBytesAsync(mount["far.bin"], bytes);
            await mount.WaitAsync();
        }

        await using var other = await _world.MountSourceAsync(_world.Project, "other");
        var part = await Command.ShellAsync($"dd if={other["far.bin"]} bs=1000 skip=30000 count=1 status=none | md5sum");

        Assert.That(part.Text, Does.StartWith(Md5(bytes[30_000_000..30_001_000])));
        Assert.That((await _world.StatusAsync(other)).GetProperty("cachedBytes").GetInt64(), Is.InRange(1_000, 10_000_000));
        Assert.That((await Command.RunAsync("md5sum", [other["far.bin"]])).Text, Does.StartWith(Md5(bytes)));
    }

    [Test]
    public async Task Wrong_keys_are_told_and_the_right_ones_count_at_once()
    {
        var bytes = World.Bytes(100_000, 24);
        await using (var mount = await _world.MountAsync("--settle", "100ms"))
        {
            await File.WriteAllBytesAsync(mount["far.bin"], bytes);
            await mount.WaitAsync();
        }

        _world.KnowKeys(_store, "NOTTHISONE");
        await using var other = await _world.MountSourceAsync(_world.Project, "other", "--settle", "100ms");
        var refused = await Command.RunAsync("cat", [other["far.bin"]]);
        await File.WriteAllBytesAsync(other["new.bin"], World.Bytes(100_000, 25));
        var isBlocked = await Eventually.HoldsAsync(
            async () => (await other.StateAsync("new.bin")).StartsWith("blocked", StringComparison.Ordinal), Patience);
        var status = await _world.SaidByStatusAsync();

        Assert.That(refused.Error, Does.Contain("Permission denied"));
        Assert.That(isBlocked, await other.StateAsync("new.bin"));
        Assert.That(status, Does.Contain("AWS profile 'lab'").And.Contain("InvalidAccessKeyId").And.Contain("~/.aws/credentials"));
        Assert.That(status + other.Said, Does.Not.Contain("S3RVER").And.Not.Contain("X-Amz-Signature"));
        _world.KnowKeys(_store);
        Assert.That(await File.ReadAllBytesAsync(other["far.bin"]), Is.EqualTo(bytes));
        await other.WaitAsync();
        Assert.That(_store.Find((await _world.HandleAsync("new.bin")).FileKey!), Is.EqualTo(World.Bytes(100_000, 25)));
    }

    [Test]
    public async Task Missing_keys_are_told_with_where_they_belong()
    {
        _world.Write(".aws/credentials", "");
        await using var mount = await _world.MountAsync("--settle", "100ms");
        await File.WriteAllBytesAsync(mount["new.bin"], World.Bytes(1_000, 26));

        var isBlocked = await Eventually.HoldsAsync(
            async () => (await mount.StateAsync("new.bin")).StartsWith("blocked", StringComparison.Ordinal), Patience);

        Assert.That(isBlocked, await mount.StateAsync("new.bin"));
        Assert.That(await mount.StateAsync("new.bin"), Does.Contain("There are no keys for the object store").And.Contain("profile 'lab'"));
        _world.KnowKeys(_store);
        await mount.WaitAsync();
    }

    [Test]
    public async Task A_store_that_is_down_is_told_as_such_and_gets_everything_when_it_is_back()
    {
        var bytes = World.Bytes(100_000, 27);
        await using (var mount = await _world.MountAsync("--settle", "100ms"))
        {
            await File.WriteAllBytesAsync(mount["far.bin"], bytes);
            await mount.WaitAsync();
        }

        await using var other = await _world.MountSourceAsync(_world.Project, "other", "--settle", "100ms");
        Assert.That((await Command.RunAsync("stat", ["-c", "%s", other["far.bin"]])).Text, Is.EqualTo("100000"));
        await _store.StopAsync();
        var refused = await Command.RunAsync("cat", [other["far.bin"]]);
        await File.WriteAllBytesAsync(other["new.bin"], bytes[..50_000]);
        var isTold = await Eventually.HoldsAsync(async () => (await other.StateAsync("new.bin")).Contains("object store", StringComparison.Ordinal), Patience);

        Assert.That(refused.Error, Does.Contain("Host is down"));
        Assert.That(isTold, await other.StateAsync("new.bin"));
        Assert.That((await _world.StatusAsync(other)).GetProperty("online").GetBoolean(), Is.True);
        await _store.ResumeAsync();
        Assert.That(await File.ReadAllBytesAsync(other["far.bin"]), Is.EqualTo(bytes));
        await other.WaitAsync();
        Assert.That(_store.Find((await _world.HandleAsync("new.bin")).FileKey!), Is.EqualTo(bytes[..50_000]));
    }

    [Test]
    public async Task An_upload_to_an_object_store_that_was_killed_in_the_middle_ends_as_one_version()
    {
        var bytes = World.Bytes(300_000_000, 28);
        await using (var mount = await _world.MountAsync("--settle", "100ms"))
        {
            await File.WriteAllBytesAsync(mount["large.bin"], bytes);
            Assert.That(await Eventually.HoldsAsync(() => _store.Said.Contains("partNumber=5", StringComparison.Ordinal), Patience), $"{mount.Said}{_store.Said}");
            await mount.KillAsync();
        }

        await using var again = await _world.MountAsync("--settle", "100ms");
        await again.WaitAsync();

        Assert.That(Md5(_store.Find((await _world.HandleAsync("large.bin")).FileKey!)!), Is.EqualTo(Md5(bytes)));
        Assert.That((await RemoteTree.ReadAsync(_world.Client, _world.Project)).Things["large.bin"].Versions, Has.Count.EqualTo(1));
    }
}
