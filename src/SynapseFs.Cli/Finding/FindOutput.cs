using System.Text.Json;
using SynapseFs.Cli.Commands;
using SynapseFs.Core.Searching;

namespace SynapseFs.Cli.Finding;

/// <summary>Prints what is found: paths as they come, or one JSON object at the end; all else goes to standard error.</summary>
internal sealed class FindOutput(CommandContext context, string path, FindRequest request)
{
    private static readonly TimeSpan BetweenSentences = TimeSpan.FromSeconds(5);

    private readonly List<FoundThing> _kept = [];
    private readonly long _began = context.Time.GetTimestamp();
    private TimeSpan _nextSentence = BetweenSentences;
    private FindStep? _last;

    /// <summary>Behind each path.</summary>
    public char End { get; init; } = '\n';

    public bool AsJson { get; init; }

    public void Show(FindStep step)
    {
        _last = step;
        foreach (var thing in step.Things.Select(thing => thing with { Path = AsTyped(thing.Path) }))
        {
            if (AsJson)
                _kept.Add(thing);
            else
                context.Terminal.Output.Write(thing.Path + End);
        }

        context.Terminal.Output.Flush();
        if (context.Time.GetElapsedTime(_began) < _nextSentence)
            return;
        _nextSentence = context.Time.GetElapsedTime(_began) + BetweenSentences;
        context.Terminal.Remark($"{step.Standing.Seen} looked at, and Synapse asked about {step.Standing.Asked} …");
    }

    /// <summary>Says what there is to say beside the paths; the exit code.</summary>
    public int Conclude()
    {
        var (standing, unknownKeys) = (_last!.Standing, _last.UnknownKeys);
        if (AsJson)
            context.Terminal.Say(JsonSerializer.Serialize(Report(standing, unknownKeys), CliJson.Readable.FindReport));
        if (standing.Asked > 0)
            context.Terminal.Remark($"Synapse was asked about {Count(standing.Asked, "thing")} that {(standing.Asked == 1 ? "was" : "were")} not known yet.");
        foreach (var key in unknownKeys)
            context.Terminal.Remark($"Nothing that was looked at has '{key}'.");
        if (standing.IsComplete)
            return ExitCodes.Success;
        context.Terminal.Remark(
            $"Not looked at: {Count(standing.Undescribed, "thing")} whose annotations are not known, and what is in " +
            $"{Count(standing.Unlisted, "directory", "directories")} never listed. " +
            (request.Reach == WalkReach.Known ? "Without --known Synapse is asked for them." : standing.Problem));
        return request.Reach == WalkReach.Known ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static string Count(long count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";

    // As find(1) does: what was typed, and from there on.
    private string AsTyped(string found)
    {
        var below = request.Path == "/" ? found.TrimStart('/') : found[request.Path.Length..].TrimStart('/');
        return below.Length == 0 ? path : Path.EndsInDirectorySeparator(path) ? path + below : $"{path}/{below}";
    }

    private FindReport Report(WalkStanding standing, IReadOnlyList<string> unknownKeys) => new()
    {
        Found = _kept,
        IsComplete = standing.IsComplete,
        Seen = standing.Seen,
        Asked = standing.Asked,
        Unlisted = standing.Unlisted,
        Undescribed = standing.Undescribed,
        Problem = standing.Problem,
        UnknownKeys = unknownKeys,
    };
}
