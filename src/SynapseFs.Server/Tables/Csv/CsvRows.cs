using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Writing;

namespace SynapseFs.Server.Tables.Csv;

/// <summary>The records of an uploaded CSV as rows of a table, by its header. Source: CSVToRowIterator.</summary>
internal sealed class CsvRows
{
    private readonly CsvReader _reader;
    private readonly IReadOnlyList<ColumnModel> _columns;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public CsvRows(CsvReader reader, IReadOnlyList<ColumnModel> columns, bool isFirstLineHeader, long linesToSkip)
    {
        _reader = reader;
        _columns = columns;
        string?[]? skipped = null;
        for (var i = 0L; i < linesToSkip; i++)
        {
            skipped = reader.Read();
            if (skipped is null)
            {
                break;
            }
        }

        Place(isFirstLineHeader ? Header(reader) : Header(skipped));
    }

    public IEnumerable<SparseRow> Read()
    {
        while (_reader.Read() is { } record)
        {
            yield return Row(record);
        }
    }

    private SparseRow Row(string?[] record)
    {
        // A row without any value is one to delete.
        List<SparseCell>? cells = null;
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_places.TryGetValue(_columns[i].Id!, out var place) && place < record.Length)
            {
                (cells ??= []).Add(new SparseCell(i, record[place]));
            }
        }

        return new SparseRow(Number(record, IndexNames.RowId), Number(record, IndexNames.RowVersion), cells ?? [])
        {
            Etag = _places.TryGetValue(IndexNames.RowEtag, out var etag) && etag < record.Length ? record[etag] : null,
        };
    }

    private long? Number(string?[] record, string name)
    {
        if (!_places.TryGetValue(name, out var place) || place >= record.Length || string.IsNullOrEmpty(record[place]))
        {
            return null;
        }

        return long.TryParse(record[place], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ServiceException.BadRequest($"For input string: \"{record[place]}\"");
    }

    private static string?[] Header(CsvReader reader) =>
        reader.Read() ?? throw ServiceException.BadRequest("Expected the first line to be the header but was empty.");

    // Without a header the order is that of the columns; row ids count only when the last line skipped named them.
    private string?[] Header(string?[]? skipped)
    {
        var header = new List<string?>();
        if (skipped is [IndexNames.RowId, IndexNames.RowVersion, ..] && skipped.Length >= _columns.Count + 2)
        {
            header.AddRange([IndexNames.RowId, IndexNames.RowVersion]);
            if (skipped.Length == _columns.Count + 3 && skipped[2] == IndexNames.RowEtag)
            {
                header.Add(IndexNames.RowEtag);
            }
        }

        header.AddRange(_columns.Select(column => column.Name));
        return [.. header];
    }

    private void Place(string?[] header)
    {
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] is not { } name)
            {
                continue;
            }

            var meta = Array.Find(
                [IndexNames.RowId, IndexNames.RowVersion, IndexNames.RowEtag],
                known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            var key = meta ?? _columns.FirstOrDefault(column => column.Name == name)?.Id;
            _places[key ?? throw Unknown(name, header)] = i;
        }
    }

    private static ServiceException Unknown(string name, string?[] header) => ServiceException.BadRequest(
        "The first line is expected to be a header but the values do not match the names of of the columns of the table "
        + $"({name} is not a valid column name or id). Header row: {string.Join(',', header)}");
}
