using System.Globalization;
using System.Text;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Provenance;

/// <summary>Provenance as an indented text: below each version what generated it, below that what was used. Pure.</summary>
internal static class GraphText
{
    public static string Write(ProvenanceGraph graph)
    {
        var text = new StringBuilder();
        var nodes = graph.Nodes.ToDictionary(node => node.Id);
        var into = graph.Edges.ToLookup(edge => edge.To);
        var told = new HashSet<string>();
        Add(graph.Nodes[0], "", 0);
        if (!into[graph.Nodes[0].Id].Any())
            text.AppendLine("  nothing is recorded");
        return text.ToString().TrimEnd();

        // What was told once is only named again: circles end.
        void Add(ProvenanceNode node, string verb, int depth)
        {
            var isNew = told.Add(node.Id);
            var more = !isNew && into[node.Id].Any() ? " (above)" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"{new string(' ', 2 * depth)}{verb}{LineOf(node)}{more}");
            if (!isNew)
                return;
            foreach (var edge in into[node.Id])
                Add(nodes[edge.From], edge.Kind == ProvenanceEdgeKind.Generated ? "by " : $"{GraphWords.Of(edge.Kind)} ", depth + 1);
        }
    }

    private static string LineOf(ProvenanceNode node)
    {
        var title = CommandLine.OneLine(node.Title);
        var line = node.Kind switch
        {
            ProvenanceNodeKind.Activity => node.CreatedOn is { } created
                ? string.Create(CultureInfo.InvariantCulture, $"'{title}', {created:yyyy-MM-dd HH:mm}") : $"'{title}'",
            _ when title == node.Id => title,
            _ => $"{title} ({node.Id})",
        };
        return node.Problem is { } problem ? $"{line}: {problem}" : line;
    }
}
