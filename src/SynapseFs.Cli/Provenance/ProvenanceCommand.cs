using System.CommandLine;
using System.Text.Json;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Provenance;

/// <summary>synapsefs provenance PATH [--graph svg|dot|json] [--up N]: what a file was made from.</summary>
internal static class ProvenanceCommand
{
    private const int UsualLevels = 3;
    private const int MostLevels = 100;

    public static Command Create(CommandContext context)
    {
        var path = new Argument<string>("PATH") { Description = "A file in a mount, or an old version of one (.synapse/of/NAME/versions/N/NAME)." };
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
        var command = new Command("provenance", "Show what a file was made from, as Synapse has it recorded.") { path, graph, up };
        command.SetAction((parsed, cancellationToken) =>
            ShowAsync(context, parsed.GetRequiredValue(path), parsed.GetValue(graph), parsed.GetValue(up), cancellationToken));
        return command;
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
