using System.Globalization;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.DownloadLists;

/// <summary>
/// The manifest of a download list: fixed columns, then one for each annotation key, sorted. Dates are Unix milliseconds, several
/// values stand as [a, b], every cell that is there is quoted. Source: ManifestKeys, DownloadListDAOImpl, opencsv's CSVWriter.
/// </summary>
internal sealed class ManifestCsv
{
    private static readonly string[] Fixed =
    [
        "ID", "name", "versionNumber", "contentType", "dataFileSizeBytes", "createdBy", "createdOn", "modifiedBy", "modifiedOn", "parentId",
        "synapseURL", "dataFileMD5Hex",
    ];

    private readonly string _separator;
    private readonly string _quote;
    private readonly string _escape;
    private readonly string _lineEnd;
    private readonly bool _hasHeader;

    public ManifestCsv(CsvTableDescriptor? descriptor)
    {
        _separator = Character(descriptor?.Separator, "separator", ",");
        _quote = Character(descriptor?.QuoteCharacter, "quoteCharacter", "\"");
        _escape = Character(descriptor?.EscapeCharacter, "escapeCharacter", "\\");
        _lineEnd = descriptor?.LineEnd ?? "\n";
        _hasHeader = descriptor?.IsFirstLineHeader ?? true;
    }

    public string FileName => _separator == "\t" ? "manifest.tsv" : "manifest.csv";

    public string ContentType => _separator == "\t" ? "text/tsv" : "text/csv";

    public void Write(Stream stream, IReadOnlyList<AvailableFile> files)
    {
        string[] keys =
        [
            .. files.SelectMany(file => file.Version.Annotations.Where(pair => pair.Value.Value is { Count: > 0 }).Select(pair => pair.Key))
                .Except(Fixed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        if (_hasHeader)
        {
            Write(writer, [.. Fixed, .. keys]);
        }

        foreach (var file in files)
        {
            Write(writer, [.. Cells(file), .. keys.Select(key => Annotation(file.Version, key))]);
        }
    }

    private static string?[] Cells(AvailableFile file)
    {
        var handle = file.Handle.Document;
        return
        [
            file.Node.IdText,
            file.Node.Name,
            EntityShape.Text(file.Version.Number),
            handle.ContentType,
            handle.ContentSize?.ToString(CultureInfo.InvariantCulture),
            EntityShape.Text(file.Node.CreatedBy),
            EntityShape.Text(file.Node.CreatedOn),
            EntityShape.Text(file.Version.ModifiedBy),
            EntityShape.Text(file.Version.ModifiedOn),
            file.Node.ParentId is { } parent ? EntityIds.Text(parent) : null,
            $"https://www.synapse.org/#!Synapse:{file.Node.IdText}.{EntityShape.Text(file.Version.Number)}",
            handle.ContentMd5,
        ];
    }

    private static string? Annotation(VersionRow version, string key) =>
        !version.Annotations.TryGetValue(key, out var value) || value.Value is not { Count: > 0 } values ? null
        : values.Count == 1 ? values[0]
        : $"[{string.Join(", ", values)}]";

    private void Write(StreamWriter writer, IReadOnlyList<string?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            writer.Write(i == 0 ? "" : _separator);
            if (cells[i] is { } cell)
            {
                writer.Write(_quote + cell.Replace(_escape, _escape + _escape, StringComparison.Ordinal)
                    .Replace(_quote, _quote + _quote, StringComparison.Ordinal) + _quote);
            }
        }

        writer.Write(_lineEnd);
    }

    private static string Character(string? text, string what, string otherwise) => text switch
    {
        null => otherwise,
        { Length: 1 } => text,
        _ => throw ServiceException.BadRequest($"CsvTableDescriptor.{what} must be exactly one character."),
    };
}
