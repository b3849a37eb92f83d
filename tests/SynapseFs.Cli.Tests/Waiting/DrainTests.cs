using SynapseFs.Cli.Control;
using SynapseFs.Cli.Tests.Control;
using SynapseFs.Cli.Waiting;
using SynapseFs.Core;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Waiting;

internal sealed class DrainTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Test]
    public async Task It_ends_when_all_is_sent_and_names_what_is_blocked()
    {
        await using var mount = new ScriptedMount();
        mount.End.SetResult([ScriptedMount.Item(PendingState.Blocked, "/f", "May not.")]);
        var drain = new Drain(mount.Door, Long, TimeProvider.System);

        var end = await drain.RunAsync(_ => { }, CancellationToken.None);

        Assert.That(end, Is.EqualTo(DrainEnd.Drained));
        Assert.That(drain.Blocked.Single().Reason, Is.EqualTo("May not."));
    }

    [Test]
    public async Task It_ends_when_Synapse_is_out_of_reach_and_nothing_moves()
    {
        await using var mount = new ScriptedMount();
        mount.Report = mount.Report with { Online = false, LastProblem = "No route." };
        var drain = new Drain(mount.Door, Short, TimeProvider.System);
        List<string> shown = [];

        var end = await drain.RunAsync(shown.Add, CancellationToken.None);

        Assert.That((end, drain.Problem), Is.EqualTo((DrainEnd.OutOfReach, "No route.")));
        Assert.That(shown.First(), Does.Contain("out of reach or in trouble (No route.)").And.Contain("2 changes (100 B)"));
    }

    [Test]
    public async Task It_ends_when_Synapse_answers_but_everything_fails()
    {
        await using var mount = new ScriptedMount { Items = [ScriptedMount.Item(PendingState.Queued, "/f", "Under maintenance.")] };
        var drain = new Drain(mount.Door, Short, TimeProvider.System);

        var end = await drain.RunAsync(_ => { }, CancellationToken.None);

        Assert.That((end, drain.Problem), Is.EqualTo((DrainEnd.OutOfReach, "Under maintenance.")));
    }

    [Test]
    public async Task It_ends_when_only_programs_that_still_write_are_waited_for()
    {
        await using var mount = new ScriptedMount { Items = [ScriptedMount.Item(PendingState.Open), ScriptedMount.Item(PendingState.Blocked)] };

        var end = await new Drain(mount.Door, Long, TimeProvider.System).RunAsync(_ => { }, CancellationToken.None);

        Assert.That(end, Is.EqualTo(DrainEnd.InUse));
    }

    [Test]
    public async Task It_ends_when_nobody_answers()
    {
        using var folder = new TemporaryDirectory();

        var end = await new Drain(new ControlDoor(folder.Combine("none")), Long, TimeProvider.System).RunAsync(_ => { }, CancellationToken.None);

        Assert.That(end, Is.EqualTo(DrainEnd.NotAnswering));
    }

    [Test]
    public async Task It_can_be_stopped()
    {
        await using var mount = new ScriptedMount { Items = [ScriptedMount.Item(PendingState.Queued)] };
        using var stop = new CancellationTokenSource();

        var draining = new Drain(mount.Door, Long, TimeProvider.System).RunAsync(_ => { }, stop.Token);
        await mount.Begun.Task;
        await stop.CancelAsync();

        Assert.That(async () => await draining, Throws.InstanceOf<OperationCanceledException>());
        await mount.Left.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
