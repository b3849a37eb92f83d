using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Remote;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>However a program saves a file, at Synapse it stays one file with its id, its annotations and one version for each save.</summary>
[TestFixture]
internal sealed class EditorTests
{
    private const string Name = "notes (1).txt";

    private World _world = null!;
    private Mount _mount = null!;
    private int _runs;

    [OneTimeSetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _mount = await _world.MountAsync("--settle", "1s", "--metadata-ttl", "1s");
    }

    [OneTimeTearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [TestCaseSource(typeof(Editor), nameof(Editor.All))]
    public async Task A_save_keeps_id_and_annotations_and_makes_one_version(Editor editor)
    {
        if ((await Command.ShellAsync($"command -v {editor.Needs}")).ExitCode != 0)
            Assert.Ignore($"{editor.Needs} is not installed.");
        var folder = $"run-{++_runs}";
        var id = await _world.AddFileAsync(Name, "some\nold\ntext\n"u8.ToArray(), await _world.AddFolderAsync(folder));
        await AnnotateAsync(id);
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount[$"{folder}/{Name}"]), TimeSpan.FromSeconds(60)));

        foreach (var script in new[] { editor.Script, editor.Replacing("new", "six") })
        {
            await EditAsync(script, folder);
            await _mount.WaitAsync(folder);
        }

        var things = (await RemoteTree.ReadAsync(_world.Client, _world.Project)).Things
            .Where(thing => thing.Key.StartsWith(folder + "/", StringComparison.Ordinal)).ToList();
        Assert.That(things.Select(thing => thing.Key), Is.EqualTo(new[] { $"{folder}/{Name}" }), "Backups and locks stay here.");
        Assert.That(things[0].Value.Id, Is.EqualTo(id));
        Assert.That(things[0].Value.Versions, Has.Count.EqualTo(3));
        Assert.That(await File.ReadAllTextAsync(_mount[$"{folder}/{Name}"]), Is.EqualTo("some\nsix\ntext\n"));
        Assert.That(await SentCheck.DifferencesAsync(_world, _mount, folder), Is.Empty);
        Assert.That(await SpeciesAsync(id), Is.EqualTo("human"));
    }

    private async Task EditAsync(string script, string folder)
    {
        using var outside = new TemporaryDirectory();
        var environment = new Dictionary<string, string> { ["OUT"] = outside.Path, ["FILE"] = Name, ["LC_ALL"] = "C.UTF-8" };
        var edited = await Command.ShellAsync($"set -eu; cd '{_mount[folder]}'\n{script}", environment);
        Assert.That(edited.ExitCode, Is.Zero, $"{edited}\n{_mount.Said}");
    }

    private async Task AnnotateAsync(string id)
    {
        var annotations = await _world.Client.Annotations.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);
        var value = new AnnotationsValue { Type = "STRING", Value = ["human"] };
        await _world.Client.Annotations.UpdateAsync(
            id, annotations with { Values = new Dictionary<string, AnnotationsValue> { ["species"] = value } }, RequestPriority.Interactive,
            CancellationToken.None);
    }

    private async Task<string?> SpeciesAsync(string id) =>
        (await _world.Client.Annotations.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None))
        .Values?.GetValueOrDefault("species")?.Value?.SingleOrDefault();
}
