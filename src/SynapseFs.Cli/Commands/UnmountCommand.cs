using System.CommandLine;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Unsent;
using SynapseFs.Cli.Waiting;
using SynapseFs.Core;
using SynapseFs.Fuse;
using SynapseFs.Store;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs unmount MOUNTPOINT [--now | --lazy]: has the rest sent first; also clears what a crashed mount left behind.</summary>
internal static class UnmountCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public static Command Create(CommandContext context)
    {
        var mountpoint = new Argument<string>("MOUNTPOINT") { Description = "The directory given to synapsefs mount." };
        var now = new Option<bool>("--now")
        {
            Description = "Wait for nothing: changes not yet sent are kept on this machine and " +
            "sent by the next mount."
        };
        var lazy = new Option<bool>("--lazy", "-z")
        {
            Description = "Take it out of the tree now, though programs still use it; it " +
            "ends when they do. Waits for nothing."
        };
        var reach = CommonOptions.Duration("--patience", "How long Synapse may be out of reach before it is no longer " +
            "waited for.", UnmountDrain.Patience);
        reach.Hidden = true;
        var command = new Command(
            "unmount",
            "End a mount, or clear what a crashed one left behind. Changes are sent first. What is blocked, or cannot be sent " +
                "because Synapse " +
            "is out of reach, is told, kept, and sent by the next mount; that is no failure. Ctrl-C while it waits leaves the mount " +
                "as it is.")
        {
            mountpoint, now, lazy, reach,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context, RealPath.Of(parsed.GetRequiredValue(mountpoint)),
            isLazy: parsed.GetValue(lazy), waits: !parsed.GetValue(lazy) && !parsed.GetValue(now),
            parsed.GetValue(reach) ?? UnmountDrain.Patience, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, string mountpoint, bool isLazy, bool waits, TimeSpan reach, CancellationToken cancellationToken)
    {
        var entry = MountTable.Read().LastOrDefault(entry => entry.Mountpoint == mountpoint)
            ?? throw new CliException($"Nothing is mounted at {mountpoint}; synapsefs status lists your mounts.");
        if (!entry.IsSynapseFs)
            throw new CliException($"What is mounted at {mountpoint} is not from synapsefs ({entry.Type}); end it with umount.");
        var registry = MountRegistry.Of(context.Surroundings);
        var record = registry.Find(mountpoint);
        // A living process is not asked whether it is dead: one that hangs would hang us too.
        if (!(record is not null && ProcessTable.IsAlive(record)) && Unmounter.IsStale(mountpoint))
        {
            Unmounter.ClearStale(mountpoint);
            context.Terminal.Say($"Cleared {mountpoint}, which a mount that ended without goodbye had left behind.");
        }
        else
        {
            if (waits && record is not null)
                await new UnmountDrain(record, registry, context).RunAsync(reach);
            else if (waits && !entry.IsReadOnly)
                context.Terminal.Remark($"{mountpoint} is not in the list of your mounts, so it was not waited for; what it had not " +
                    "sent is kept for its next mount.");
            Unmounter.Unmount(mountpoint, isLazy);
            context.Terminal.Say(isLazy ? $"Unmounted {mountpoint}; it ends when the last program lets go." : $"Unmounted {mountpoint}.");
        }
        if (record is not null && !isLazy)
            await WaitForEndAsync(record, context.Time, cancellationToken);
        if (record is not null && !ProcessTable.IsAlive(record))
        {
            registry.Remove(record.Pid);
            TellKept(context.Terminal, record);
        }
        return ExitCodes.Success;
    }

    private static void TellKept(Terminal terminal, MountRecord record)
    {
        if (UnsentNote.Read(record.CacheDirectory) is { } kept)
            terminal.Remark(kept.ToSentence());
        foreach (var sentence in DoubtTable.ReadFrom(record.CacheDirectory).Select(DoubtText.Of).OfType<string>())
            terminal.Remark($"{record.Mountpoint}: {sentence}");
    }

    /// <summary>The serving process puts its cache in order after the kernel has let go; whoever mounts again at once would find it busy.</summary>
    private static async Task WaitForEndAsync(MountRecord record, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        using var glance = new PeriodicTimer(Glance, time);
        while (ProcessTable.IsAlive(record))
        {
            if (time.GetElapsedTime(began) > Patience)
                throw new CliException($"{record.Mountpoint} is unmounted, but its process {record.Pid} still works after " +
                    $"{Patience.TotalSeconds:0} s; its log: {record.LogFile}");
            await glance.WaitForNextTickAsync(cancellationToken);
        }
    }
}
