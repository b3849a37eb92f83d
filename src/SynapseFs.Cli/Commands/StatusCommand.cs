using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;
using SynapseFs.Core;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs status [--pending] [--json]: this user's mounts and how they are.</summary>
internal static class StatusCommand
{
    private const int MostNotices = 5;

    private static readonly string[] Headings = ["MOUNTPOINT", "SHOWS", "STATE", "PENDING", "CACHED", "OPEN FILES", "PID"];
    private static readonly string[] ItemHeadings = ["PATH", "WHAT", "STATE", "SINCE", "REASON"];

    public static Command Create(CommandContext context)
    {
        var pending = new Option<bool>("--pending") { Description = "List the changes that Synapse does not have yet, the oldest first." };
        var json = CommonOptions.Json();
        var command = new Command("status", "Show your mounts, how they are, and what of your changes Synapse does not " +
            "have yet.") { pending, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (listed, asJson) = (parsed.GetValue(pending), parsed.GetValue(json));
            var report = await StatusReader.Of(context.Surroundings).ReadAsync(listed || asJson ? MountReport.MostItems : 0, cancellationToken);
            if (asJson)
                context.Terminal.Say(JsonSerializer.Serialize(report, CliJson.Readable.StatusReport));
            else
                Show(context.Terminal, report);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(Terminal terminal, StatusReport report)
    {
        if (report.Mounts.Count == 0)
            terminal.Say("Nothing is mounted.");
        else
            terminal.Table(Headings, [.. report.Mounts.Select(Row)]);
        foreach (var mount in report.Mounts)
        {
            string?[] lines =
            [
                mount.Remedy,
                mount.LastProblem is { } problem ? $"last problem: {problem}" : null,
                mount.Struggle is { } struggle ? $"tried again: {struggle}" : null,
                mount.Notices.Count > MostNotices
                    ? $"of {mount.Notices.Count} messages the last {MostNotices}; all: synapsefs status --json"
                    : null,
                .. mount.Notices.TakeLast(MostNotices),
            ];
            foreach (var line in lines.OfType<string>())
                terminal.Say($"{mount.Mountpoint}: {line}");
            foreach (var item in mount.Blocked)
                terminal.Say(PendingText.Line(mount.Mountpoint, item));
            if (mount.Pending is { Blocked: var blocked } && blocked > mount.Blocked.Count)
                terminal.Say($"{mount.Mountpoint}: {blocked - mount.Blocked.Count} more are blocked; see them all: synapsefs status " +
                    "--pending");
        }
        if (report.Mounts.Any(mount => mount.PendingItems is { Count: > 0 }))
        {
            var rows = report.Mounts.SelectMany(mount => (mount.PendingItems ?? []).Select(item => ItemRow(mount, item)));
            terminal.Table(ItemHeadings, [.. rows]);
        }
        foreach (var mount in report.Mounts.Where(mount => mount.PendingItems is { Count: MountReport.MostItems }))
            terminal.Say($"{mount.Mountpoint}: only the first {MountReport.MostItems} are shown.");
        foreach (var note in report.Unsent)
            terminal.Say(note.ToSentence());
    }

    private static IReadOnlyList<string> ItemRow(MountReport mount, PendingItem item) =>
    [
        PendingText.PathOf(mount.Mountpoint, item),
        item.What,
        PendingText.State(item),
        item.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        CommandLine.OneLine(item.Reason ?? ""),
    ];

    private static IReadOnlyList<string> Row(MountReport mount) =>
    [
        mount.Mountpoint,
        mount.Source == MountSource.ProjectsId ? mount.SourceName : $"{mount.SourceName} ({mount.Source})",
        mount is { State: MountStates.Running, Online: false } ? "offline" : mount.State,
        PendingText.Cell(mount.Pending),
        mount.CachedBytes is { } bytes ? ByteSizeText.Format(bytes) : "",
        mount.OpenFiles?.ToString() ?? "",
        mount.Pid.ToString(),
    ];
}
