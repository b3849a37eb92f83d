using System.Text.Json.Serialization;
using SynapseFs.Cli.Mounting;

namespace SynapseFs.Cli.Registry;

/// <summary>What a running mount leaves in the runtime directory, so that others can find and name it.</summary>
internal sealed record MountRecord
{
    public required string Mountpoint { get; init; }

    /// <summary>The id of the mounted entity, or "projects".</summary>
    public required string Source { get; init; }

    public required string SourceName { get; init; }

    /// <summary>For sentences: a name with its id.</summary>
    [JsonIgnore]
    public string Title => Source == MountSource.ProjectsId ? SourceName : $"{SourceName} ({Source})";

    public required int Pid { get; init; }

    /// <summary>Start of the process in clock ticks after boot: tells it from a later process with the same id.</summary>
    public long ProcessStart { get; init; }

    /// <summary>The user name at Synapse, or "anonymous".</summary>
    public required string Account { get; init; }

    public required string Endpoint { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Asked never to call Synapse.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether changes are sent at all; one that was kept from before otherwise waits for another mount.</summary>
    [JsonIgnore]
    public bool Sends => !ReadOnly && !Offline;

    public required DateTimeOffset Since { get; init; }

    public required string CacheDirectory { get; init; }

    public string? LogFile { get; init; }
}
