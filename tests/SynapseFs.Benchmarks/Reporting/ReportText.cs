using System.Globalization;
using System.Text;

namespace SynapseFs.Benchmarks.Reporting;

/// <summary>The table as people see it: aligned on a screen, Markdown in the notes.</summary>
internal static class ReportText
{
    private static readonly string[] Heads = ["scenario", "measure", "min", "median", "max", "target", ""];

    public static string Screen(Report report)
    {
        List<string[]> lines = [Heads, .. report.Rows.Select(Cells)];
        var widths = Enumerable.Range(0, Heads.Length).Select(column => lines.Max(line => line[column].Length)).ToList();
        var text = new StringBuilder();
        var scenario = "";
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) => column is >= 2 and <= 4 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])).ToList();
            // A scenario's name stands once.
            if (line[0] == scenario)
                cells[0] = new string(' ', widths[0]);
            scenario = line[0];
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        return text.Append(Summary(report)).ToString();
    }

    public static string Markdown(Report report)
    {
        var text = new StringBuilder("| " + string.Join(" | ", Heads) + " |\n| --- | --- | ---: | ---: | ---: | --- | --- |\n");
        var scenario = "";
        foreach (var cells in report.Rows.Select(Cells))
        {
            text.Append("| ").AppendJoin(" | ", cells[0] == scenario ? ["", .. cells[1..]] : cells).Append(" |\n");
            scenario = cells[0];
        }

        return text.Append('\n').Append(Summary(report)).Append('\n').ToString();
    }

    private static string Summary(Report report)
    {
        var judged = report.Rows.Where(row => row.Target is not null && row.Values.Count > 0).ToList();
        var met = judged.Count(row => row.Target!.IsMet(row.Values));
        return string.Create(
            CultureInfo.InvariantCulture, $"{met} of {judged.Count} targets met. {report.Circumstances}; the run took {report.Elapsed.TotalMinutes:0.0} minutes.");
    }

    private static string[] Cells(Row row) => row.Values.Count == 0
        ? [row.Scenario, row.Measure, "", "", "", row.Note ?? "", ""]
        :
        [
            row.Scenario, row.Measure, Number(row.Values.Min()), Number(Report.Median(row.Values)), Number(row.Values.Max()),
            row.Target?.Text ?? "", row.Target is null ? "" : row.Target.IsMet(row.Values) ? "met" : "missed",
        ];

    // Three digits say all that a spread leaves certain.
    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
