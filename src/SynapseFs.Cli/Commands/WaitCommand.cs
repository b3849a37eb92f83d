using System.CommandLine;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;
using SynapseFs.Core;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs wait PATH | --all: returns when Synapse has what was changed.</summary>
internal static class WaitCommand
{
    /// <summary>Beyond what a timer can hold, a limit is none.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static Command Create(CommandContext context)
    {
        var path = new Argument<string?>("PATH")
        {
            Description = "A file or directory in a mount; of a directory everything " +
            "below it.",
            Arity = ArgumentArity.ZeroOrOne
        };
        var all = new Option<bool>("--all") { Description = "Everything in all your mounts." };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            Description = "Give up after this long. Without it the wait lasts as long as it takes, also while Synapse is out of reach.",
            HelpName = "TIME",
            CustomParser = CommonOptions.ParseDuration,
        };
        var command = new Command(
            "wait", "Wait until Synapse has every change at or below a path. Ends with 1 when something is blocked, and names it " +
                "with the reason.") { path, all, timeout };
        command.SetAction(parsed => RunAsync(context, parsed.GetValue(path), parsed.GetValue(all), parsed.GetValue(timeout)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? path, bool all, TimeSpan? timeout)
    {
        if (all == path is not null)
            throw CliException.Usage("Name one path, or --all. See synapsefs wait --help.");
        var registry = MountRegistry.Of(context.Surroundings);
        IReadOnlyList<MountedPath> places = path is not null
            ? [MountedPath.Resolve(path, registry)]
            : [.. registry.Read().Where(ProcessTable.IsAlive).Select(mount => new MountedPath(mount, "/"))];
        using var stop = new StopSignal();
        using var limit = new CancellationTokenSource(
            timeout is { } given && given < Longest ? given : Timeout.InfiniteTimeSpan, context.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token);
        var waits = places.Select(place => new PlaceWait(place, registry)).ToList();
        try
        {
            await new WorkDisplay(context.Terminal, context.Time).ShowAsync(
                "Waiting …", show => Task.WhenAll(waits.Select(wait => wait.RunAsync(() => show(Summarize(waits)), ending.Token))));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.Token.IsCancellationRequested)
        {
            throw new CliException($"Not done after {DurationText.Format(timeout!.Value)}: {Summarize(waits)}");
        }
        return Conclude(context.Terminal, waits);
    }

    private static string Summarize(IReadOnlyList<PlaceWait> waits)
    {
        var running = waits.Where(wait => !wait.IsDone && wait.Progress is not null).ToList();
        return running switch
        {
            [] => "Waiting …",
            [var one] => PendingText.Of(one.Progress!),
            _ => string.Join(" ", running.Select(wait => $"{wait.Place.Mount.Mountpoint}: {PendingText.Of(wait.Progress!)}")),
        };
    }

    private static int Conclude(Terminal terminal, IReadOnlyList<PlaceWait> waits)
    {
        var code = ExitCodes.Success;
        foreach (var wait in waits)
        {
            var mount = wait.Place.Mount;
            if (wait.Problem is { } problem)
                terminal.Remark(problem);
            foreach (var item in wait.Blocked)
                terminal.Say(PendingText.Line(mount.Mountpoint, item));
            if (wait.Blocked.Count > 0)
                terminal.Remark($"What is blocked in {mount.Mountpoint} stays here and is tried again now and then; synapsefs " +
                    "status --pending shows it.");
            if (wait.Problem is not null || wait.Blocked.Count > 0)
                code = ExitCodes.Failure;
            else if (wait.LocalOnly > 0)
                terminal.Remark(
                    $"{(wait.LocalOnly == 1 ? "1 name stays" : $"{wait.LocalOnly} names stay")} on this machine only: " +
                    "empty files, links to nothing, and names that are kept local (synapsefs status --pending shows them).");
        }
        return code;
    }

    /// <summary>The wait for one place, and what came of it.</summary>
    private sealed class PlaceWait(MountedPath place, MountRegistry registry)
    {
        private const int MostItems = 10_000;
        private static readonly TimeSpan Answer = TimeSpan.FromSeconds(3);

        private readonly ControlDoor _door = new(registry.SocketOf(place.Mount.Pid));

        public MountedPath Place => place;

        public WaitProgress? Progress { get; private set; }

        public IReadOnlyList<PendingItem> Blocked { get; private set; } = [];

        /// <summary>What is there and will never be sent as it is.</summary>
        public int LocalOnly { get; private set; }

        public string? Problem { get; private set; }

        public bool IsDone { get; private set; }

        public async Task<bool> RunAsync(Action progressed, CancellationToken cancellationToken)
        {
            if (!place.Mount.Sends && await _door.GetStatusAsync(Answer, cancellationToken) is { Pending: { Waiting: > 0 } pending })
                Problem = $"{place.Mount.Mountpoint} is mounted {(place.Mount.ReadOnly ? "read-only" : "with --offline")}, so " +
                    $"nothing is sent; {PendingText.Waiting(pending)} kept for another mount.";
            else if (await _door.WaitAsync(place.Place, Note, cancellationToken) is { } blocked)
                (Blocked, LocalOnly) = (blocked, await CountLocalAsync(cancellationToken));
            else
                Problem = $"{place.Mount.Mountpoint} does not answer, so it cannot be told what is not yet sent; its log: " +
                    $"{place.Mount.LogFile}";
            return IsDone = true;

            void Note(WaitProgress progress)
            {
                Progress = progress;
                progressed();
            }
        }

        private async Task<int> CountLocalAsync(CancellationToken cancellationToken)
        {
            if (await _door.GetStatusAsync(Answer, cancellationToken) is not { Pending.LocalOnly: > 0 })
                return 0;
            var items = await _door.GetPendingAsync(MostItems, cancellationToken) ?? [];
            return items.Count(item => item.State == PendingState.LocalOnly && MountedPath.IsAtOrBelow(item.Path, place.Place));
        }
    }
}
