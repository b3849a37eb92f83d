using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;

namespace SynapseFs.Cli.Waiting;

/// <summary>What comes before a mount is ended: its changes are sent, and the person is told what is not.</summary>
internal sealed class UnmountDrain(MountRecord record, MountRegistry registry, CommandContext context)
{
    /// <summary>A network that is away for longer is not coming back while somebody waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(3);

    private readonly ControlDoor _door = new(registry.SocketOf(record.Pid));

    /// <summary>Returns when the mount may be ended.</summary>
    /// <exception cref="CliException">The person has stopped the waiting.</exception>
    public async Task RunAsync(TimeSpan patience)
    {
        using var stop = new StopSignal();
        try
        {
            await DrainAsync(patience, stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            throw new CliException(
                $"{record.Mountpoint} is still mounted, and goes on sending. To end it without waiting: synapsefs unmount --now " +
                    $"{ShellText.Quote(record.Mountpoint)}");
        }
    }

    private async Task DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (await GetStatusAsync(cancellationToken) is not { } status)
        {
            TellSilent();
            return;
        }
        // Everything is sent, or never will be by this mount.
        if (status.Pending is not { Waiting: > 0 } and not { Blocked: > 0 } || !record.Sends)
            return;
        var drain = new Drain(_door, patience, context.Time);
        var end = await new WorkDisplay(context.Terminal, context.Time).ShowAsync(
            $"Sending {PendingText.Waiting(status.Pending)} …", show => drain.RunAsync(show, cancellationToken));
        switch (end)
        {
            case DrainEnd.NotAnswering:
                TellSilent();
                break;
            case DrainEnd.OutOfReach:
                context.Terminal.Remark("Synapse is out of reach or in " +
                    $"trouble{(drain.Problem is { } problem ? $" ({CommandLine.OneLine(problem)})" : "")}, so what is not yet sent " +
                        "is kept for the next mount.");
                break;
            case DrainEnd.Drained when drain.Blocked.Count > 0:
                TellBlocked(drain);
                break;
        }
    }

    private async Task<MountReport?> GetStatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _door.GetStatusAsync(Answer, cancellationToken);
        }
        catch (CliException)
        {
            return null;
        }
    }

    private void TellSilent() => context.Terminal.Remark(
        $"The process of {record.Mountpoint} does not answer; what it had not sent is kept in {record.CacheDirectory} for the next mount.");

    private void TellBlocked(Drain drain)
    {
        foreach (var item in drain.Blocked)
            context.Terminal.Remark(PendingText.Line(record.Mountpoint, item));
        context.Terminal.Remark("What is blocked is kept and tried again by the next mount; change or delete it there if it can " +
            "never be sent.");
    }
}
