using System.Globalization;
using System.Text.RegularExpressions;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Csv;

/// <summary>
/// What columns a CSV would need: types are tried from the narrowest on, cell by cell. Source: UploadPreviewBuilder, CSVUtils.
/// </summary>
internal sealed partial class UploadPreview(CsvReader reader, bool hasHeader, bool isFull)
{
    private const int MaxScanned = 1000;
    private const int MaxSamples = 5;

    private static readonly string[] Tried =
    [
        ColumnTypes.Boolean, ColumnTypes.Integer, ColumnTypes.Double, ColumnTypes.Date, ColumnTypes.EntityId, ColumnTypes.String,
        ColumnTypes.MediumText, ColumnTypes.LargeText,
    ];

    private readonly List<string?[]> _samples = [];

    public UploadToTablePreviewResult Build()
    {
        var header = hasHeader
            ? reader.Read() ?? throw ServiceException.BadRequest("Expected the first line to be the header but was empty.")
            : null;
        ColumnModel?[]? types = header is null ? null : new ColumnModel?[header.Length];
        var scanned = 0;
        while ((isFull || scanned < MaxScanned) && reader.Read() is { } row)
        {
            types ??= new ColumnModel?[row.Length];
            if (row.Length > types.Length)
            {
                throw ServiceException.BadRequest(
                    $"Row number {scanned + 2} has {row.Length} column(s).  Expected each row to have {types.Length} columns or less.");
            }

            for (var i = 0; i < row.Length; i++)
            {
                types[i] = Widen(types[i], row[i]);
            }

            scanned++;
            if (_samples.Count < MaxSamples)
            {
                _samples.Add(row);
            }
        }

        return new UploadToTablePreviewResult
        {
            SuggestedColumns = [.. Named(types ?? [], header).Where(column => !ColumnRules.IsReserved(column.Name))],
            SampleRows = [.. _samples.Select(row => Sample(row, header))],
            RowsScanned = scanned,
        };
    }

    private static ColumnModel? Widen(ColumnModel? known, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return known;
        }

        var size = Math.Max(text.Length, known?.MaximumSize ?? 0);
        for (var i = known is null ? 0 : Array.IndexOf(Tried, known.ColumnType); i < Tried.Length; i++)
        {
            var tried = new ColumnModel { ColumnType = Tried[i], MaximumSize = size };
            if (Fits(tried, text))
            {
                return tried;
            }
        }

        throw ServiceException.BadRequest(
            $"One or more cell value exceeds the maximum number of characters: {ColumnTypes.MaxLargeText}");
    }

    private static bool Fits(ColumnModel column, string text)
    {
        if (column is { ColumnType: ColumnTypes.String, MaximumSize: > ColumnTypes.MaxString })
        {
            return false;
        }

        try
        {
            CellText.Normalize(column, text);
            return true;
        }
        catch (ServiceException)
        {
            return false;
        }
    }

    private static List<ColumnModel> Named(ColumnModel?[] types, string?[]? header)
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        var named = new List<ColumnModel>();
        for (var i = 0; i < types.Length; i++)
        {
            var column = types[i] ?? new ColumnModel { ColumnType = ColumnTypes.String, MaximumSize = ColumnTypes.DefaultString };
            var name = header is null ? string.Create(CultureInfo.InvariantCulture, $"col{i + 1}") : Clean(header[i]);
            var count = uses.GetValueOrDefault(name);
            uses[name] = count + 1;
            named.Add(column with
            {
                Name = count == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{count}"),
                MaximumSize = column.ColumnType == ColumnTypes.String ? column.MaximumSize : null,
            });
        }

        return named;
    }

    private static string Clean(string? name)
    {
        var words = NotWord().Replace(Blank().Replace((name ?? "").Trim(), "_"), "");
        return words.Any(char.IsAsciiLetterOrDigit) ? words : "col";
    }

    private static PreviewRow Sample(string?[] row, string?[]? header)
    {
        if (header is null)
        {
            return new PreviewRow { Values = row };
        }

        var (id, version, etag) = ((long?)null, (long?)null, (string?)null);
        var values = new List<string?>();
        for (var i = 0; i < header.Length; i++)
        {
            var text = i < row.Length ? row[i] : null;
            switch (header[i])
            {
                case IndexNames.RowId:
                    id = Number(text);
                    break;
                case IndexNames.RowVersion:
                    version = Number(text);
                    break;
                case IndexNames.RowEtag:
                    etag = text;
                    break;
                default:
                    values.Add(text);
                    break;
            }
        }

        return new PreviewRow { RowId = id, VersionNumber = version, Etag = etag, Values = values };
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\s")]
    private static partial Regex Blank();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotWord();
}
