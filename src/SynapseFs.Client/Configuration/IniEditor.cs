namespace SynapseFs.Client.Configuration;

/// <summary>Changes options of one section in the text of a configuration file, line by line, and keeps all else.</summary>
internal static class IniEditor
{
    /// <param name="options">A null value leaves an option as it is.</param>
    public static string SetOptions(string text, string section, IReadOnlyList<KeyValuePair<string, string?>> options)
    {
        List<string> lines = [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];
        if (text.Length == 0)
            lines.Clear();
        var start = lines.FindIndex(line => HeaderOf(line) == section);
        if (start < 0)
        {
            if (lines.Count > 0)
                lines.Add("");
            start = lines.Count;
            lines.Add($"[{section}]");
        }
        var last = start;
        foreach (var (name, value) in options.Where(option => option.Value is not null))
            last = SetOption(lines, start, last, name, value!);
        return string.Join('\n', lines) + "\n";
    }

    private static int SetOption(List<string> lines, int start, int last, string name, string value)
    {
        var end = lines.FindIndex(start + 1, line => HeaderOf(line) is not null);
        if (end < 0)
            end = lines.Count;
        var at = lines.FindIndex(start + 1, end - start - 1, line => OptionOf(line) == name);
        if (at < 0)
        {
            lines.Insert(last + 1, $"{name} = {value}");
            return last + 1;
        }
        var indent = IndentOf(lines[at]);
        lines[at] = new string(' ', indent) + $"{name} = {value}";
        // The old value's continuation lines go with it.
        while (at + 1 < lines.Count && lines[at + 1].Trim() is [not '#' and not ';', ..] && IndentOf(lines[at + 1]) > indent)
            lines.RemoveAt(at + 1);
        return at;
    }

    private static string? HeaderOf(string line)
    {
        var content = line.Trim();
        var end = content.StartsWith('[') ? content.LastIndexOf(']') : -1;
        return end > 1 ? content[1..end] : null;
    }

    private static string? OptionOf(string line)
    {
        var content = line.Trim();
        if (content is ['#' or ';', ..])
            return null;
        var delimiter = content.AsSpan().IndexOfAny('=', ':');
        return delimiter > 0 ? content[..delimiter].TrimEnd().ToLowerInvariant() : null;
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;
}
