using SynapseFs.Cli.Registry;
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
        await using var socket = ControlSocket.Listen(registry.SocketOf(record.Pid), () => MountReport.Of(record) with { Online = true, OpenFiles = 3 });

        var report = await new StatusReader(registry).ReadAsync(CancellationToken.None);

        Assert.That(report.Mounts.Single(), Has.Property("OpenFiles").EqualTo(3).And.Property("State").EqualTo("running"));
    }

    [Test]
    public async Task A_living_process_without_an_answer_is_shown_with_a_remedy()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Path);
        registry.Add(OwnRecord());

        var report = await new StatusReader(registry).ReadAsync(CancellationToken.None);

        Assert.That(report.Mounts.Single().State, Is.EqualTo("not answering"));
        Assert.That(report.Mounts.Single().Remedy, Does.Contain("unmount --lazy"));
    }

    [Test]
    public async Task The_record_of_a_process_that_ended_is_cleared_away()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Path);
        registry.Add(OwnRecord() with { ProcessStart = 1 });

        var report = await new StatusReader(registry).ReadAsync(CancellationToken.None);

        Assert.That(report.Mounts, Is.Empty);
        Assert.That(registry.Read(), Is.Empty);
    }

    [Test]
    public async Task Everyone_who_asks_is_answered()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("s");
        await using var socket = ControlSocket.Listen(path, () => MountReport.Of(OwnRecord()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ControlSocket.AskAsync(path, TimeSpan.FromSeconds(30), CancellationToken.None)));

        Assert.That(answers, Has.All.Not.Null);
    }

    private static MountRecord OwnRecord() => MountRegistryTests.Record(Environment.ProcessId) with
    {
        ProcessStart = ProcessTable.StartOf(Environment.ProcessId)!.Value,
    };
}
