using SynapseFs.Core.Searching;
using SynapseFs.Vfs;

namespace SynapseFs.Cli.Control;

/// <summary>The one line that a client sends to a running mount; an empty line, or none before the end, is the verb "status".</summary>
internal sealed record ControlRequest
{
    public const string Status = "status";
    public const string Pending = "pending";
    public const string Wait = "wait";
    public const string Provenance = "provenance";
    public const string Find = "find";
    public const string Facts = "facts";
    public const string Capture = "capture";

    /// <summary>Null: "status".</summary>
    public string? Verb { get; init; }

    /// <summary>For "pending": how many items at most.</summary>
    public int? Most { get; init; }

    /// <summary>For "wait", "provenance", "find" and "facts": from the mount's root, beginning with '/'.</summary>
    public string? Path { get; init; }

    /// <summary>For "provenance": how many levels of what was used are followed in turn.</summary>
    public int? Up { get; init; }

    /// <summary>For "find": what things are to match, all of it.</summary>
    public IReadOnlyList<string>? Terms { get; init; }

    /// <summary>For "find": of which type; null: of any.</summary>
    public NodeType? Type { get; init; }

    /// <summary>For "find": what Synapse is asked; null: what is not known.</summary>
    public WalkReach? Reach { get; init; }

    /// <summary>For "capture": the process whose commands are watched from now on. For "wait", instead of a path: only what those have changed.</summary>
    public int? Process { get; init; }
}
