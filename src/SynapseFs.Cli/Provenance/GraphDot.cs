using System.Globalization;
using System.Text;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Provenance;

/// <summary>Provenance in the language of graphviz. Pure.</summary>
internal static class GraphDot
{
    public static string Write(ProvenanceGraph graph)
    {
        var text = new StringBuilder("digraph provenance {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
        foreach (var node in graph.Nodes)
        {
            var label = CommandLine.OneLine(node.Title) + (GraphWords.SecondLine(node) is { Length: > 0 } second ? "\n" + second : "");
            var shape = node.Kind switch
            {
                ProvenanceNodeKind.Activity => "ellipse",
                ProvenanceNodeKind.Address => "note",
                _ => "box",
            };
            var style = node.Problem is null ? "" : ", style=dashed";
            text.Append(CultureInfo.InvariantCulture, $"  {Quote(node.Id)} [label={Quote(label)}, shape={shape}{style}];\n");
        }

        foreach (var edge in graph.Edges)
        {
            var label = edge.Kind == ProvenanceEdgeKind.Generated ? "" : $" [label={Quote(GraphWords.Of(edge.Kind))}]";
            text.Append(CultureInfo.InvariantCulture, $"  {Quote(edge.From)} -> {Quote(edge.To)}{label};\n");
        }

        return text.Append('}').ToString();
    }

    private static string Quote(string text) => '"'
        + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        + '"';
}
