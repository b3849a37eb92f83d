using System.CommandLine;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;
using SynapseFs.Core.Searching;
using SynapseFs.Entities.Finding;
using SynapseFs.Vfs;

namespace SynapseFs.Cli.Finding;

/// <summary>synapsefs find [PATH] TERM...: paths of what is annotated so.</summary>
internal static class FindCommand
{
    public static Command Create(CommandContext context)
    {
        var words = new Argument<string[]>("[PATH] TERM...")
        {
            Description = "PATH: a directory or file in a mount; without it, where you are. TERM: KEY=VALUE, with = != < <= > or >=; * and ? in a " +
                "value stand for any signs; KEY=* asks for whatever has the key, KEY!=* for what lacks it. All have to match.",
            Arity = ArgumentArity.OneOrMore,
        };
        var type = new Option<NodeType?>("--type", "-type")
        {
            Description = "Only files (f), directories (d) or links (l).",
            HelpName = "f|d|l",
            CustomParser = ParseType,
        };
        var known = new Option<bool>("--known") { Description = "Ask Synapse nothing; look only at what was listed and described before." };
        var fresh = new Option<bool>("--fresh") { Description = "Ask Synapse also whether directories are still as they were when they were listed." };
        var zero = new Option<bool>("-0", "--print0") { Description = "End each path with a NUL instead of a line break, for xargs -0." };
        var json = CommonOptions.Json();
        var command = new Command("find", "Print the paths of what is annotated so, at and below a path. What the mount knows is not asked for " +
            "again. Ends with 1 when something could not be looked at.") { words, type, known, fresh, zero, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(known) && parsed.GetValue(fresh))
                throw CliException.Usage("--known and --fresh exclude each other.");
            var reach = parsed.GetValue(known) ? WalkReach.Known : parsed.GetValue(fresh) ? WalkReach.Fresh : WalkReach.Unknown;
            var (path, terms) = Split(parsed.GetRequiredValue(words));
            var place = MountedPath.Resolve(path, MountRegistry.Of(context.Surroundings));
            var request = new FindRequest(place.Place, terms, parsed.GetValue(type), reach);
            var output = new FindOutput(context, path, request)
            {
                End = parsed.GetValue(zero) ? '\0' : '\n',
                AsJson = parsed.GetValue(json),
            };
            return RunAsync(context, place, request, output);
        });
        return command;
    }

    /// <summary>The path is the first word unless that is a term.</summary>
    private static (string Path, IReadOnlyList<string> Terms) Split(string[] words)
    {
        var (path, terms) = FindTerms.IsTerm(words[0]) ? (".", words) : (words[0], words[1..]);
        if (terms.Length == 0)
            throw CliException.Usage($"What is to be found in {path}? Name a term such as species=human. See synapsefs find --help.");
        try
        {
            FindTerms.Parse(terms);
            return (path, terms);
        }
        catch (FsException refusal) when (refusal.Error == FsError.InvalidArgument)
        {
            throw CliException.Usage(refusal.Message);
        }
    }

    private static async Task<int> RunAsync(CommandContext context, MountedPath place, FindRequest request, FindOutput output)
    {
        using var stop = new StopSignal();
        var door = new ControlDoor(MountRegistry.Of(context.Surroundings).SocketOf(place.Mount.Pid));
        return await door.FindAsync(request, output.Show, stop.Token)
            ? output.Conclude()
            : throw new CliException($"{place.Mount.Mountpoint} does not answer; its log: {place.Mount.LogFile}");
    }

    private static NodeType? ParseType(System.CommandLine.Parsing.ArgumentResult result)
    {
        NodeType? type = result.Tokens[0].Value switch
        {
            "f" => NodeType.File,
            "d" => NodeType.Directory,
            "l" => NodeType.SymbolicLink,
            _ => null,
        };
        if (type is null)
            result.AddError($"--type '{result.Tokens[0].Value}' is unknown; write f, d or l.");
        return type;
    }
}
