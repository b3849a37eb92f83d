using System.Net.Http.Headers;
using System.Text;

namespace SynapseFs.Server.Rules;

/// <summary>What a preview is made from and what it is, as bytes.</summary>
internal sealed record Preview(string FileName, string ContentType, byte[] Bytes);

/// <summary>
/// Small previews of texts and tables. Source: TextPreviewGenerator, TabCsvPreviewGenerator. Images and archives get none here.
/// </summary>
internal static class PreviewRules
{
    /// <summary>Characters of a content that are looked at, at most.</summary>
    public const int MaxRead = 1 << 18;

    private const int MaxText = 1500;
    private const int MaxRows = 30;
    private const int MaxColumns = 20;
    private const int MaxCell = 40;
    private const string Ellipsis = "&hellip;";

    private static readonly HashSet<string> TextTypes = ["application/text", "application/x-sh", "application/x-javascript"];

    private static readonly HashSet<string> CommaTypes =
        ["text/comma-separated-values", "text/csv", "application/comma-separated-values", "application/csv", "application/x-csv"];

    private static readonly HashSet<string> TabTypes =
        ["text/tab-separated-values", "text/tsv", "application/tab-separated-values", "application/tsv", "application/x-tsv"];

    private static readonly HashSet<string> SheetTypes =
    [
        "application/xls", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/msexcel",
        "application/vnd.ms-excel",
    ];

    public static bool IsMadeFor(string? contentType, string? fileName) =>
        MediaType(contentType) is { } type && (Delimiter(type, fileName) is not null || IsText(type));

    /// <summary>The preview of a content of which the beginning is given; null: none is made of this type.</summary>
    public static Preview? Make(string? contentType, string? fileName, string beginning)
    {
        if (MediaType(contentType) is not { } type)
        {
            return null;
        }

        if (Delimiter(type, fileName) is { } delimiter)
        {
            return new Preview("preview.csv", "text/csv", Encoding.UTF8.GetBytes(Table(beginning, delimiter)));
        }

        return IsText(type) ? new Preview("preview.txt", "text/plain", Encoding.UTF8.GetBytes(Text(beginning))) : null;
    }

    private static string? MediaType(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType?.ToLowerInvariant() : null;

    private static bool IsText(string type) => type.StartsWith("text/", StringComparison.Ordinal) || TextTypes.Contains(type);

    private static char? Delimiter(string type, string? fileName)
    {
        // Browsers send tables under the type of whatever program opens them.
        var extension = SheetTypes.Contains(type) ? Path.GetExtension(fileName)?.ToLowerInvariant() : null;
        return CommaTypes.Contains(type) || extension == ".csv" ? ','
            : TabTypes.Contains(type) || extension == ".tsv" ? '\t'
            : null;
    }

    private static string Text(string text)
    {
        if (text.Length <= MaxText)
        {
            return text;
        }

        // Never half of a pair.
        var end = char.IsHighSurrogate(text[MaxText - 4]) ? MaxText - 4 : MaxText - 3;
        return string.Concat(text.AsSpan(0, end), "...");
    }

    private static string Table(string text, char delimiter)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in Rows(text, delimiter).Take(MaxRows + 1))
        {
            rows.Add(rows.Count < MaxRows
                ? [.. row.Take(MaxColumns + 1).Select((cell, index) => index < MaxColumns ? Cell(cell) : Ellipsis)]
                : [.. Enumerable.Repeat(Ellipsis, rows.Max(former => former.Count))]);
        }

        return string.Concat(rows.Select(row =>
            string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n"));
    }

    private static string Cell(string cell) => cell.Length <= MaxCell ? cell : cell[..MaxCell] + Ellipsis;

    private static IEnumerable<List<string>> Rows(string text, char delimiter)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (c == delimiter)
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                yield return row;
                row = [];
            }
            else
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            yield return row;
        }
    }
}
