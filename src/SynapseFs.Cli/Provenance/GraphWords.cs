using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Provenance;

/// <summary>Words of a graph that all its writers share. Pure.</summary>
internal static class GraphWords
{
    public static string Of(ProvenanceEdgeKind kind) => kind switch
    {
        ProvenanceEdgeKind.Used => "used",
        ProvenanceEdgeKind.Executed => "executed",
        _ => "generated",
    };

    /// <summary>What stands below a node's title.</summary>
    public static string SecondLine(ProvenanceNode node) => node switch
    {
        { Problem: { } problem } => node.Title == node.Id ? problem : $"{node.Id}: {problem}",
        { Kind: ProvenanceNodeKind.Activity, CreatedOn: { } created } => created.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        { Kind: ProvenanceNodeKind.Activity } => "",
        _ => node.Title == node.Id ? "" : node.Id,
    };
}
