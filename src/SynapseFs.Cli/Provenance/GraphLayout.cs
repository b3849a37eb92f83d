using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Provenance;

/// <summary>
/// Columns for the nodes of a graph, what was there first on the left: each node stands left of everything that came of it, but where
/// things go in a circle. Within a column nodes stand near those that they are tied to. Pure.
/// </summary>
internal sealed class GraphLayout
{
    private const int Sweeps = 4;

    private readonly Dictionary<string, List<string>> _sources;
    private readonly Dictionary<string, int> _distance = [];
    private readonly HashSet<string> _open = [];

    private GraphLayout(ProvenanceGraph graph) => _sources = graph.Nodes.ToDictionary(
        node => node.Id, node => graph.Edges.Where(edge => edge.To == node.Id).Select(edge => edge.From).ToList());

    /// <returns>From left to right, each from top to bottom.</returns>
    public static IReadOnlyList<IReadOnlyList<ProvenanceNode>> Of(ProvenanceGraph graph)
    {
        var layout = new GraphLayout(graph);
        foreach (var node in graph.Nodes)
            layout.Place(node.Id, 0);
        var farthest = layout._distance.Values.Max();
        var columns = Enumerable.Range(0, farthest + 1)
            .Select(column => graph.Nodes.Where(node => layout._distance[node.Id] == farthest - column).ToList()).ToList();
        for (var sweep = 0; sweep < Sweeps; sweep++)
            Arrange(columns, graph);
        return columns;
    }

    // Longest way from the end; an edge back into what is being followed closes a circle and does not count.
    private void Place(string id, int distance)
    {
        if (_distance.TryGetValue(id, out var known) && known >= distance)
            return;
        _distance[id] = distance;
        _open.Add(id);
        foreach (var source in _sources[id].Where(source => !_open.Contains(source)))
            Place(source, distance + 1);
        _open.Remove(id);
    }

    private static void Arrange(List<List<ProvenanceNode>> columns, ProvenanceGraph graph)
    {
        var rows = columns.SelectMany(column => column.Select((node, row) => (node.Id, Row: row - (column.Count / 2.0))))
            .ToDictionary(place => place.Id, place => place.Row);
        for (var column = 0; column < columns.Count; column++)
            columns[column] = [.. columns[column].OrderBy(node => Middle(node.Id))];

        double Middle(string id) => graph.Edges.Where(edge => edge.From == id || edge.To == id)
            .Select(edge => rows[edge.From == id ? edge.To : edge.From]).DefaultIfEmpty(rows[id]).Average();
    }
}
