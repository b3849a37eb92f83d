using System.CommandLine;
using System.Text.Json;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Registry;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs status [--json]: this user's mounts and how they are.</summary>
internal static class StatusCommand
{
    private static readonly string[] Headings = ["MOUNTPOINT", "SHOWS", "STATE", "CACHED", "OPEN FILES", "PID"];

    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("status", "Show your mounts and how they are.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new StatusReader(MountRegistry.Of(context.Surroundings)).ReadAsync(cancellationToken);
            if (parsed.GetValue(json))
                context.Terminal.Say(JsonSerializer.Serialize(report, CliJson.Readable.StatusReport));
            else
                Show(context, report);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(CommandContext context, StatusReport report)
    {
        if (report.Mounts.Count == 0)
        {
            context.Terminal.Say("Nothing is mounted.");
            return;
        }
        context.Terminal.Table(Headings, [.. report.Mounts.Select(Row)]);
        foreach (var mount in report.Mounts)
        {
            foreach (var line in new[] { mount.Remedy, mount.LastProblem is null ? null : $"last problem: {mount.LastProblem}" }.Concat(mount.Notices).OfType<string>())
                context.Terminal.Say($"{mount.Mountpoint}: {line}");
        }
    }

    private static IReadOnlyList<string> Row(MountReport mount) =>
    [
        mount.Mountpoint,
        mount.Source == MountSource.ProjectsId ? mount.SourceName : $"{mount.SourceName} ({mount.Source})",
        mount is { State: MountStates.Running, Online: false } ? "offline" : mount.State,
        mount.CachedBytes is { } bytes ? ByteSizeText.Format(bytes) : "",
        mount.OpenFiles?.ToString() ?? "",
        mount.Pid.ToString(),
    ];
}
