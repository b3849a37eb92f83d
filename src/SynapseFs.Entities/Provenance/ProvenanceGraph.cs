using System.Text.Json.Serialization;

namespace SynapseFs.Entities.Provenance;

/// <summary>Versions and addresses, and the activities between them. The first node is what was asked about.</summary>
/// <param name="IsCut">Whether there is more than was looked at.</param>
public sealed record ProvenanceGraph(IReadOnlyList<ProvenanceNode> Nodes, IReadOnlyList<ProvenanceEdge> Edges, bool IsCut);

/// <summary>One thing in it.</summary>
/// <param name="Id"><c>syn123.4</c>, <c>activity:987</c> or an address.</param>
/// <param name="Title">Its name, or its id where it has none that may be read.</param>
public sealed record ProvenanceNode(string Id, ProvenanceNodeKind Kind, string Title)
{
    public string? Description { get; init; }

    /// <summary>For activities.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>Why there is nothing to be told, in words for a person.</summary>
    public string? Problem { get; init; }
}

/// <summary>From what was there first to what came of it.</summary>
public sealed record ProvenanceEdge(string From, string To, ProvenanceEdgeKind Kind);

[JsonConverter(typeof(JsonStringEnumConverter<ProvenanceNodeKind>))]
public enum ProvenanceNodeKind
{
    [JsonStringEnumMemberName("entity")]
    Entity,
    [JsonStringEnumMemberName("activity")]
    Activity,
    [JsonStringEnumMemberName("address")]
    Address,
}

[JsonConverter(typeof(JsonStringEnumConverter<ProvenanceEdgeKind>))]
public enum ProvenanceEdgeKind
{
    [JsonStringEnumMemberName("used")]
    Used,
    [JsonStringEnumMemberName("executed")]
    Executed,
    [JsonStringEnumMemberName("generated")]
    Generated,
}
