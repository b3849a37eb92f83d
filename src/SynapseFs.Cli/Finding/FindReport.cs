namespace SynapseFs.Cli.Finding;

/// <summary>All that <c>find --json</c> says.</summary>
internal sealed record FindReport
{
    public required IReadOnlyList<FoundThing> Found { get; init; }

    /// <summary>Whether everything below the path was looked at.</summary>
    public required bool IsComplete { get; init; }

    public required long Seen { get; init; }

    /// <summary>Things that Synapse was asked about.</summary>
    public required long Asked { get; init; }

    /// <summary>Directories of which not every name is known.</summary>
    public required long Unlisted { get; init; }

    /// <summary>Things whose annotations are not known.</summary>
    public required long Undescribed { get; init; }

    /// <summary>Why not; null when nothing went wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>Keys of terms that nothing has.</summary>
    public required IReadOnlyList<string> UnknownKeys { get; init; }
}
