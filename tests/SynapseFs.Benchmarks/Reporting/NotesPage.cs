namespace SynapseFs.Benchmarks.Reporting;

/// <summary>The page of the notes that holds the table between two lines; all around them is written by hand.</summary>
internal static class NotesPage
{
    private const string Begin = "<!-- begin: written by scripts/bench -->";
    private const string End = "<!-- end: written by scripts/bench -->";

    /// <exception cref="InvalidOperationException">The page lacks one of its two lines.</exception>
    public static void Replace(string path, string table)
    {
        var page = File.ReadAllText(path);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{path} has no place for the table, between '{Begin}' and '{End}'.");
        File.WriteAllText(path, $"{page[..(begin + Begin.Length)]}\n\n{table.TrimEnd()}\n\n{page[end..]}");
    }
}
