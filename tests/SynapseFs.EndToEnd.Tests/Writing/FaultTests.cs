using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Remote;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>New files, new versions, moves and deletions while the way to the server is bad: in the end each is there, whole and once.</summary>
[TestFixture]
internal sealed class FaultTests
{
    // More than one part.
    private const int LargeLength = (5 << 20) + 12_345;

    private World _world = null!;
    private Mount _mount = null!;
    private int _runs;

    [OneTimeSetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _mount = await _world.MountAsync("--settle", "100ms", "--metadata-ttl", "1s");
    }

    [OneTimeTearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [TearDown]
    public void Mend()
    {
        _world.Server.Faults.Clear();
        _world.Server.SetState(StackState.ReadWrite, message: null);
    }

    [TestCaseSource(typeof(Fault), nameof(Fault.All))]
    public async Task Every_change_is_there_whole_and_once_whatever_went_wrong(Fault fault)
    {
        var folder = await PrepareAsync();
        var before = (await ReadAsync(folder))["changed.bin"];
        var rules = fault.Rules.Select(_world.Server.Faults.Add).ToList();

        await ChangeAsync(_mount, folder);
        await _mount.WaitAsync(folder);
        var applied = rules.Sum(_world.Server.Faults.TimesApplied);

        Assert.That(applied, Is.Positive, "Nothing went wrong.");
        await JudgeAsync(_mount, folder, before);
    }

    [TestCase(StackState.ReadOnly)]
    [TestCase(StackState.Down)]
    public async Task Every_change_is_there_whole_and_once_after_maintenance(StackState state)
    {
        var folder = await PrepareAsync();
        var before = (await ReadAsync(folder))["changed.bin"];
        // A mount that has just looked around and believes what it saw.
        await using var mount = await _world.MountSourceAsync(_world.Project, "cache-of-maintenance", "--settle", "100ms", "--metadata-ttl", "1h");
        _ = (await Command.ShellAsync($"ls -lR {mount[folder]} && cat {mount[folder]}/*.bin | md5sum && touch {mount[folder]}/nothing && rm {mount[folder]}/nothing")).Text;
        _world.Server.SetState(state, "Maintenance");
        var from = _world.Server.Log.Requests[^1].Number;

        await ChangeAsync(mount, folder);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _world.Server.Log.WaitAsync(request => request.Number > from && request.Status == 503, deadline.Token);
        Assert.That(await File.ReadAllBytesAsync(mount[$"{folder}/new.bin"]), Is.EqualTo(Bytes(60_000, 2)));
        _world.Server.SetState(StackState.ReadWrite, message: null);
        await mount.WaitAsync(folder);

        await JudgeAsync(mount, folder, before);
    }

    // A folder with something to change, to move and to delete, known to the mount.
    private async Task<string> PrepareAsync()
    {
        var folder = $"run-{++_runs}";
        var id = await _world.AddFolderAsync(folder);
        await _world.AddFolderAsync("elsewhere", id);
        await _world.AddFileAsync("changed.bin", Bytes(50_000, 1), id);
        await _world.AddFileAsync("moved.bin", Bytes(40_000, 3), id);
        await _world.AddFileAsync("deleted.bin", Bytes(30_000, 4), id);
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(_mount[$"{folder}/deleted.bin"]), TimeSpan.FromMinutes(1)));
        // What is changed in part shows its old bytes through: they are fetched while nothing is wrong yet.
        Assert.That(await File.ReadAllBytesAsync(_mount[$"{folder}/changed.bin"]), Is.EqualTo(Bytes(50_000, 1)));
        return folder;
    }

    private async Task ChangeAsync(Mount mount, string folder)
    {
        await File.WriteAllBytesAsync(mount[$"{folder}/new.bin"], Bytes(60_000, 2));
        Directory.CreateDirectory(mount[$"{folder}/made/below"]);
        await File.WriteAllBytesAsync(mount[$"{folder}/made/below/large.bin"], Bytes(LargeLength, 5));
        await using (var changed = new FileStream(mount[$"{folder}/changed.bin"], FileMode.Open, FileAccess.Write))
        {
            changed.Position = 1_000;
            await changed.WriteAsync(Bytes(2_000, 6));
        }

        File.Move(mount[$"{folder}/moved.bin"], mount[$"{folder}/elsewhere/arrived.bin"]);
        File.Delete(mount[$"{folder}/deleted.bin"]);
    }

    private async Task JudgeAsync(Mount mount, string folder, RemoteThing before)
    {
        var things = await ReadAsync(folder);
        string[] expected = ["changed.bin", "elsewhere", "elsewhere/arrived.bin", "made", "made/below", "made/below/large.bin", "new.bin"];

        Assert.That(things.Keys, Is.EquivalentTo(expected), mount.Said);
        Assert.That(things.Values.Where(thing => !thing.IsFolder && thing.Id != before.Id).Select(thing => thing.Versions.Count), Is.All.EqualTo(1));
        Assert.That(things["changed.bin"].Id, Is.EqualTo(before.Id));
        Assert.That(things["changed.bin"].Versions, Has.Count.EqualTo(2), "One change is one version.");
        Assert.That(await SentCheck.DifferencesAsync(_world, mount, folder), Is.Empty);
        Assert.That(await File.ReadAllBytesAsync(mount[$"{folder}/made/below/large.bin"]), Is.EqualTo(Bytes(LargeLength, 5)));
    }

    // Other bytes in each run: those that the server has already would only be copied there.
    private byte[] Bytes(int length, int number) => World.Bytes(length, (_runs * 10) + number);

    private async Task<IReadOnlyDictionary<string, RemoteThing>> ReadAsync(string folder) =>
        (await RemoteTree.ReadAsync(_world.Client, _world.Project)).Things
        .Where(thing => thing.Key.StartsWith(folder + "/", StringComparison.Ordinal))
        .ToDictionary(thing => thing.Key[(folder.Length + 1)..], thing => thing.Value);
}
