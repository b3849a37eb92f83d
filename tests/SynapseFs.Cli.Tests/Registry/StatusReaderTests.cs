using SynapseFs.Cli.Control;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Tests.Control;
using SynapseFs.Cli.Unsent;
using SynapseFs.Core;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Registry;

internal sealed class StatusReaderTests
{
    [Test]
    public async Task A_running_mount_tells_its_state_over_its_socket()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Path);
        var record = OwnRecord();
        registry.Add(record);
        var verbs = new ControlVerbs(
            () => MountReport.Of(record) with { Online = true, OpenFiles = 3 }, _ => [], (_, _, _) => throw new NotSupportedException());
        await using var socket = ControlSocket.Listen(registry.SocketOf(record.Pid), verbs, TimeProvider.System);

        var report = await Reader(folder, registry).ReadAsync(0, CancellationToken.None);

        Assert.That(report.Mounts.Single(), Has.Property("OpenFiles").EqualTo(3).And.Property("State").EqualTo("running"));
    }

    [Test]
    public async Task A_living_process_without_an_answer_is_shown_with_a_remedy()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Path);
        registry.Add(OwnRecord());

        var report = await Reader(folder, registry).ReadAsync(0, CancellationToken.None);

        Assert.That(report.Mounts.Single().State, Is.EqualTo("not answering"));
        Assert.That(report.Mounts.Single().Remedy, Does.Contain("unmount --lazy"));
    }

    [Test]
    public async Task The_record_of_a_process_that_ended_is_cleared_away()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Path);
        registry.Add(OwnRecord() with { ProcessStart = 1 });

        var report = await Reader(folder, registry).ReadAsync(0, CancellationToken.None);

        Assert.That(report.Mounts, Is.Empty);
        Assert.That(registry.Read(), Is.Empty);
    }

    [Test]
    public async Task Changes_that_no_mount_works_on_are_told_and_those_of_a_running_mount_are_its_own()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Combine("run"));
        var (busy, idle) = (folder.Combine("caches", "busy"), folder.Combine("caches", "idle"));
        foreach (var directory in new[] { busy, idle, folder.Combine("caches", "empty") })
            Directory.CreateDirectory(directory);
        registry.Add(OwnRecord() with { CacheDirectory = busy });
        foreach (var directory in new[] { busy, idle })
            UnsentNote.Of(new PendingSummary(12, 0, 0, 0), "T", directory, new MountRequest { Mountpoint = "/mnt" }, DateTimeOffset.UnixEpoch).Write();

        var report = await Reader(folder, registry).ReadAsync(0, CancellationToken.None);

        Assert.That(report.Unsent.Select(note => note.CacheDirectory), Is.EqualTo(new[] { idle }));
    }

    [Test]
    public async Task All_changes_of_a_mount_are_told_to_who_asks_for_them()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Path);
        registry.Add(OwnRecord());
        IReadOnlyList<PendingItem> items = [ScriptedMount.Item(PendingState.Queued, "/a"), ScriptedMount.Item(PendingState.Open, "/b")];
        var verbs = new ControlVerbs(() => MountReport.Of(OwnRecord()), most => [.. items.Take(most)], (_, _, _) => throw new NotSupportedException());
        await using var socket = ControlSocket.Listen(registry.SocketOf(Environment.ProcessId), verbs, TimeProvider.System);

        var asked = await Reader(folder, registry).ReadAsync(10, CancellationToken.None);
        var notAsked = await Reader(folder, registry).ReadAsync(0, CancellationToken.None);

        Assert.That(asked.Mounts.Single().PendingItems, Is.EqualTo(items));
        Assert.That(notAsked.Mounts.Single().PendingItems, Is.Null);
    }

    private static StatusReader Reader(TemporaryDirectory folder, MountRegistry registry) =>
        new(registry, new KnownCaches(folder.Combine("caches"), folder.Combine("state")));

    private static MountRecord OwnRecord() => MountRegistryTests.Record(Environment.ProcessId) with
    {
        ProcessStart = ProcessTable.StartOf(Environment.ProcessId)!.Value,
    };
}
