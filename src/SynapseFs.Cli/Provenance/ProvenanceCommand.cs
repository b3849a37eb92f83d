using System.CommandLine;
using System.Text.Json;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;
using SynapseFs.Entities.Capturing;

namespace SynapseFs.Cli.Provenance;

/// <summary>synapsefs provenance PATH [--graph svg|dot|json] [--up N]: what a file was made from.</summary>
internal static class ProvenanceCommand
{
    private const int UsualLevels = 3;
    private const int MostLevels = 100;

    public static Command Create(CommandContext context)
    {
        var path = new Argument<string?>("PATH")
        {
            Description = "A file in a mount, or an old version of one (.synapse/of/NAME/versions/N/NAME).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var pending = new Option<bool>("--pending")
        {
            Description = "Show instead what will be recorded with files that are not yet sent: at or below PATH, or in all your mounts.",
        };
        var graph = new Option<string?>("--graph")
        {
            Description = "Write it as a drawing (svg), for graphviz (dot), or for programs (json), instead of as text.",
            HelpName = "svg|dot|json",
        };
        graph.AcceptOnlyFromAmong("svg", "dot", "json");
        var up = new Option<int>("--up")
        {
            Description = $"How many levels of what was used are followed in turn. Default: {UsualLevels}.",
            HelpName = "N",
            DefaultValueFactory = _ => UsualLevels,
        };
        up.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var levels) || levels is < 0 or > MostLevels))
                result.AddError($"--up '{result.Tokens[0].Value}' is no number from 0 to {MostLevels}.");
        });
        var command = new Command("provenance", "Show what a file was made from, as Synapse has it recorded.") { path, graph, up, pending };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(pending)
            ? ShowPendingAsync(context, parsed.GetValue(path), cancellationToken)
            : ShowAsync(
                context, parsed.GetValue(path) ?? throw CliException.Usage("Name a file. See synapsefs provenance --help."), parsed.GetValue(graph),
                parsed.GetValue(up), cancellationToken));
        return command;
    }

    private static async Task<int> ShowPendingAsync(CommandContext context, string? path, CancellationToken cancellationToken)
    {
        var registry = MountRegistry.Of(context.Surroundings);
        IReadOnlyList<MountedPath> places = path is not null
            ? [MountedPath.Resolve(path, registry)]
            : [.. registry.Read().Where(ProcessTable.IsAlive).Select(mount => new MountedPath(mount, "/"))];
        foreach (var place in places)
        {
            var items = await new ControlDoor(registry.SocketOf(place.Mount.Pid)).GetPendingAsync(int.MaxValue, cancellationToken)
                ?? throw new CliException($"{place.Mount.Mountpoint} does not answer; its log: {place.Mount.LogFile}");
            foreach (var item in items.Where(item => item.Note is not null && MountedPath.IsAtOrBelow(item.Path, place.Place)))
                context.Terminal.Say($"{place.Mount.Mountpoint}{item.Path}: {CommandLine.OneLine(ProvenanceCapture.Describe(item.Note!))}");
        }

        return ExitCodes.Success;
    }

    private static async Task<int> ShowAsync(CommandContext context, string path, string? format, int up, CancellationToken cancellationToken)
    {
        var registry = MountRegistry.Of(context.Surroundings);
        var place = MountedPath.Resolve(path, registry);
        var graph = await new ControlDoor(registry.SocketOf(place.Mount.Pid)).GetProvenanceAsync(place.Place, up, cancellationToken)
            ?? throw new CliException($"{place.Mount.Mountpoint} does not answer; its log: {place.Mount.LogFile}");
        context.Terminal.Say(format switch
        {
            "svg" => GraphSvg.Write(graph),
            "dot" => GraphDot.Write(graph),
            "json" => JsonSerializer.Serialize(graph, CliJson.Readable.ProvenanceGraph),
            _ => GraphText.Write(graph),
        });
        if (graph.IsCut)
            context.Terminal.Remark("There is more than this shows: only the first 500 versions were looked at.");
        return ExitCodes.Success;
    }
}
