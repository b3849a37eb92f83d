using System.Globalization;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Options;
using SynapseFs.Core;

namespace SynapseFs.Cli.Waiting;

/// <summary>Changes not yet remote, in words.</summary>
internal static class PendingText
{
    /// <summary>How a wait stands, in a line.</summary>
    public static string Of(WaitProgress progress)
    {
        var rest = progress.Pending is { } pending ? Waiting(pending) : "changes";
        return progress.Online
            ? $"Sending {rest} …"
            : "Synapse is out of reach or in " +
                $"trouble{(progress.Problem is { } problem ? $" ({CommandLine.OneLine(problem)})" : "")}; waiting with {rest} …";
    }

    /// <summary>"12 changes (3.4 MiB)", without what is blocked.</summary>
    public static string Waiting(PendingSummary pending) =>
        (pending.Waiting == 1 ? "1 change" : $"{pending.Waiting} changes") +
        (pending.Bytes > 0 ? $" ({ByteSizeText.Format(pending.Bytes)})" : "");

    /// <summary>A cell of a table: "12 (3.4 MiB), 2 blocked", or nothing.</summary>
    public static string Cell(PendingSummary? pending) => pending switch
    {
        null => "",
        { Waiting: 0, Blocked: 0 } => "0",
        { Blocked: 0 } => Sum(pending.Waiting, pending.Bytes),
        _ => $"{Sum(pending.Waiting + pending.Blocked, pending.Bytes)}, {pending.Blocked} blocked",
    };

    /// <summary>The item's place in the machine's tree.</summary>
    public static string PathOf(string mountpoint, PendingItem item) => item.Path == "/" ? mountpoint : mountpoint + item.Path;

    /// <summary>"sending 34%".</summary>
    public static string State(PendingItem item) => item.State switch
    {
        PendingState.Open => "still open",
        PendingState.Queued => "waiting",
        PendingState.Sending when item.Bytes > 0 =>
            string.Create(CultureInfo.InvariantCulture, $"sending {Math.Clamp(100 * item.SentBytes / item.Bytes, 0, 100)}%"),
        PendingState.Sending => "sending",
        PendingState.Blocked => "blocked",
        _ => "stays local",
    };

    /// <summary>A blocked item in a line.</summary>
    public static string Line(string mountpoint, PendingItem item) =>
        $"{PathOf(mountpoint, item)}: {item.What}: {CommandLine.OneLine(item.Reason ?? "blocked")}";

    private static string Sum(int count, long bytes) => bytes > 0 ? $"{count} ({ByteSizeText.Format(bytes)})" : $"{count}";
}
