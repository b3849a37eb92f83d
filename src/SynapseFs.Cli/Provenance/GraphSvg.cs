using System.Globalization;
using System.Net;
using System.Text;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Provenance;

/// <summary>Provenance as a drawing that every browser shows: things as boxes, activities as round ones, time from left to right. Pure.</summary>
internal static class GraphSvg
{
    private const int Width = 200;
    private const int Height = 44;
    private const int ColumnGap = 90;
    private const int RowGap = 18;
    private const int Margin = 20;
    private const int MostLetters = 30;

    private const string Head = """
        <defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0L8,4L0,8z" fill="#666"/></marker></defs>
        <style>rect{stroke:#456;fill:#eef3f8}.activity{fill:#fdf3dc;stroke:#a80}.address{fill:#eef8ee;stroke:#484}.problem{fill:#fff;stroke:#999;stroke-dasharray:4}text{font:13px sans-serif}.second{font-size:11px;fill:#555}path.edge{fill:none;stroke:#666}.executed{stroke-dasharray:6 3}</style>
        """;

    public static string Write(ProvenanceGraph graph)
    {
        var columns = GraphLayout.Of(graph);
        var tallest = columns.Max(column => column.Count);
        var places = columns.SelectMany((column, x) => column.Select((node, y) => (node.Id, Place: PlaceOf(x, y, column.Count, tallest))))
            .ToDictionary(placed => placed.Id, placed => placed.Place);
        var (width, height) = (XOf(columns.Count) - ColumnGap + Margin, (tallest * (Height + RowGap)) - RowGap + (2 * Margin));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n{Head}\n");
        foreach (var edge in graph.Edges)
            AddEdge(text, edge, places[edge.From], places[edge.To]);
        foreach (var node in graph.Nodes)
            AddNode(text, node, places[node.Id]);
        return text.Append("</svg>").ToString();
    }

    private static int XOf(int column) => Margin + (column * (Width + ColumnGap));

    // Shorter columns stand in the middle.
    private static (int X, int Y) PlaceOf(int column, int row, int rows, int tallest) =>
        (XOf(column), Margin + (row * (Height + RowGap)) + ((tallest - rows) * (Height + RowGap) / 2));

    private static void AddEdge(StringBuilder text, ProvenanceEdge edge, (int X, int Y) from, (int X, int Y) to)
    {
        var (x, y, toX, toY) = (from.X + Width, from.Y + (Height / 2), to.X, to.Y + (Height / 2));
        var bend = Math.Max(ColumnGap / 2, Math.Abs(toX - x) / 3);
        text.Append(CultureInfo.InvariantCulture,
            $"<path class=\"edge {GraphWords.Of(edge.Kind)}\" marker-end=\"url(#arrow)\" d=\"M{x},{y}C{x + bend},{y} {toX - bend},{toY} {toX},{toY}\"><title>{GraphWords.Of(edge.Kind)}</title></path>\n");
    }

    private static void AddNode(StringBuilder text, ProvenanceNode node, (int X, int Y) at)
    {
        var look = node.Problem is null ? node.Kind.ToString().ToLowerInvariant() : "problem";
        var round = node.Kind == ProvenanceNodeKind.Activity ? Height / 2 : 4;
        var second = GraphWords.SecondLine(node);
        var whole = string.Join('\n', new[] { node.Title, second, node.Description }.Where(line => !string.IsNullOrEmpty(line)));
        text.Append(CultureInfo.InvariantCulture,
            $"<g><title>{Escape(whole)}</title><rect class=\"{look}\" x=\"{at.X}\" y=\"{at.Y}\" width=\"{Width}\" height=\"{Height}\" rx=\"{round}\"/>");
        AddLine(text, "first", Short(CommandLine.OneLine(node.Title)), at.X, at.Y + (second.Length > 0 ? 19 : 27));
        if (second.Length > 0)
            AddLine(text, "second", Short(second), at.X, at.Y + 35);
        text.Append("</g>\n");
    }

    private static void AddLine(StringBuilder text, string look, string line, int x, int y) => text.Append(
        CultureInfo.InvariantCulture, $"<text class=\"{look}\" text-anchor=\"middle\" x=\"{x + (Width / 2)}\" y=\"{y}\">{Escape(line)}</text>");

    private static string Short(string text) => text.Length <= MostLetters ? text : text[..(MostLetters - 1)] + "…";

    // XML knows no control characters, and nothing makes them legal.
    private static string Escape(string text) =>
        WebUtility.HtmlEncode(new string([.. text.Select(sign => char.IsControl(sign) && sign != '\n' ? ' ' : sign)]));
}
