using SynapseFs.Cli.Options;
using SynapseFs.Core.Providers;

namespace SynapseFs.Cli.Mounting;

/// <summary>What is mounted, for whom, found out at Synapse or remembered from the last time.</summary>
internal sealed record MountSource
{
    public const string ProjectsId = "projects";

    public required RemoteNode Root { get; init; }

    /// <summary>The entity's id, with the moment in the past if one is shown, or <see cref="ProjectsId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The id of an entity as it stood at a moment.</summary>
    public static string IdAt(string id, DateTimeOffset moment) => $"{id}@{MomentText.Format(moment)}";

    /// <summary>For people: the entity's name.</summary>
    public required string Name { get; init; }

    /// <summary>For sentences: the name with its id.</summary>
    public string Title => Id == ProjectsId ? Name : $"{Name} ({Id})";

    /// <summary>Digits; who the token belongs to.</summary>
    public required string PrincipalId { get; init; }

    public required string Account { get; init; }

    public RemoteDetails? Details { get; init; }

    /// <summary>Why Synapse could not be asked, so that this is what the last mount knew; null when it was asked or not to be.</summary>
    public string? Trouble { get; init; }
}
