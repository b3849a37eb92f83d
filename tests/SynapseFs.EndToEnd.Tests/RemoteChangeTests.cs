using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Walk (e): what others change in Synapse shows in a mount that stays up.</summary>
[TestFixture]
internal sealed class RemoteChangeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private World _world = null!;
    private Mount _mount = null!;

    [SetUp]
    public async Task Mount_a_project()
    {
        _world = await World.StartAsync();
        _mount = await _world.MountAsync("--metadata-ttl", "1s");
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task A_new_file_appears()
    {
        await Command.ShellAsync($"ls {_mount.Mountpoint}");

        await _world.AddFileAsync("late.txt", "hello\n"u8.ToArray());

        Assert.That(await Eventually.HoldsAsync(async () => (await Command.ShellAsync($"cat {_mount["late.txt"]}")).Output == "hello\n", Soon));
        Assert.That((await Command.ShellAsync($"ls {_mount.Mountpoint}")).Lines, Does.Contain("late.txt"));
    }

    [Test]
    public async Task A_program_keeps_its_working_directory_when_the_folder_is_changed()
    {
        var id = await _world.AddFolderAsync("folder");
        await _world.AddFileAsync("f", [1], id);
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount["folder/f"]), Soon));
        var working = Command.RunAsync("python3", ["-c",
            $"""
            import os, time
            os.chdir('{_mount["folder"]}')
            for turn in range(60):
                time.sleep(0.1)
                os.access('../nothing', os.F_OK)
                assert os.getcwd() == '{_mount["folder"]}'
            """]);

        var entity = await _world.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);
        await _world.Client.Entities.UpdateAsync(entity with { Description = "new" }, VersionChange.Keep, RequestPriority.Interactive, CancellationToken.None);

        _ = (await working).Text;
    }

    [Test]
    public async Task A_deleted_file_disappears()
    {
        var id = await _world.AddFileAsync("short-lived", [1]);
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount["short-lived"]), Soon));

        await _world.Client.Entities.DeleteAsync(id, RequestPriority.Interactive, CancellationToken.None);

        Assert.That(await Eventually.HoldsAsync(() => !File.Exists(_mount["short-lived"]), Soon));
    }

    [Test]
    public async Task A_renamed_file_keeps_its_inode()
    {
        var id = await _world.AddFileAsync("before", [1, 2, 3]);
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount["before"]), Soon));
        var inode = (await Command.ShellAsync($"stat -c %i {_mount["before"]}")).Text;

        var entity = await _world.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);
        await _world.Client.Entities.UpdateAsync(entity with { Name = "after" }, VersionChange.Keep, RequestPriority.Interactive, CancellationToken.None);

        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount["after"]) && !File.Exists(_mount["before"]), Soon));
        Assert.That((await Command.ShellAsync($"stat -c %i {_mount["after"]}")).Text, Is.EqualTo(inode));
    }

    [Test]
    public async Task A_new_version_shows_and_an_open_file_keeps_reading_the_old_one()
    {
        var id = await _world.AddFileAsync("data", World.Bytes(30_000_000, 1));
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount["data"]), Soon));
        await using var open = File.OpenRead(_mount["data"]);
        var start = new byte[1000];
        await open.ReadExactlyAsync(start);

        await _world.ReplaceFileAsync(id, World.Bytes(20_000_000, 2));

        Assert.That(await Eventually.HoldsAsync(() => new FileInfo(_mount["data"]).Length == 20_000_000, Soon));
        Assert.That(await File.ReadAllBytesAsync(_mount["data"]), Is.EqualTo(World.Bytes(20_000_000, 2)));
        var rest = new byte[30_000_000 - 1000];
        await open.ReadExactlyAsync(rest);
        Assert.That((byte[])[.. start, .. rest], Is.EqualTo(World.Bytes(30_000_000, 1)));
    }

    [Test]
    public async Task A_changed_annotation_shows()
    {
        var id = await _world.AddFileAsync("annotated", [1]);
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount["annotated"]), Soon));
        var annotations = await _world.Client.Annotations.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);

        await _world.Client.Annotations.UpdateAsync(
            id,
            annotations with { Values = new Dictionary<string, AnnotationsValue> { ["species"] = new() { Type = "STRING", Value = ["Homo sapiens"] } } },
            RequestPriority.Interactive, CancellationToken.None);

        Assert.That(await Eventually.HoldsAsync(
            async () => (await Command.ShellAsync($"getfattr --only-values -n user.species {_mount["annotated"]}")).Output == "Homo sapiens", Soon));
    }
}
