using System.Globalization;
using SynapseFs.Api;

namespace SynapseFs.Server.Tables;

/// <summary>
/// How a table stands in the index database, which is derived from the world and may be deleted. One SQLite table for each key, with
/// ROW_ID, ROW_VERSION, for views also ROW_ETAG and ROW_BENEFACTOR, and a column for each column model. Cells by type: text as TEXT,
/// numbers, dates (ms), booleans (0, 1), ids without "syn" as INTEGER, DOUBLE as REAL with NaN as the text 'NaN' (SQLite has no NaN),
/// lists and JSON as JSON text.
/// </summary>
internal static class IndexNames
{
    public const string RowId = "ROW_ID";
    public const string RowVersion = "ROW_VERSION";
    public const string RowEtag = "ROW_ETAG";
    public const string RowBenefactor = "ROW_BENEFACTOR";

    public static string Table(TableKey key) => key.Version is { } version
        ? string.Create(CultureInfo.InvariantCulture, $"T{key.Id}_{version}")
        : string.Create(CultureInfo.InvariantCulture, $"T{key.Id}");

    public static string Column(ColumnModel column) => $"_C{column.Id}_";
}
