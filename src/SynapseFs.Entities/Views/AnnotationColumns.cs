using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Entities.Annotations;

namespace SynapseFs.Entities.Views;

/// <summary>
/// Which columns of a view tell annotations as they are. A cell is made by its column's type, not by the annotation's: one that has
/// several values, or another type, would come out otherwise. Pure.
/// </summary>
internal static class AnnotationColumns
{
    /// <summary>Columns of a key that all files in the view's scope have in one type, and that is the column's.</summary>
    /// <param name="columns">Those of the view that are annotations.</param>
    /// <param name="suggested">What the service suggests for all annotations in the scope.</param>
    public static IReadOnlyList<ColumnModel> Faithful(IReadOnlyList<ColumnModel> columns, IReadOnlyList<ColumnModel> suggested)
    {
        var byKey = suggested.ToLookup(column => column.Name ?? "", StringComparer.Ordinal);
        return [.. columns.Where(column => byKey[column.Name!].ToList() is [var only]
            && only.ColumnType == column.ColumnType && TypeOf(column.ColumnType) is not null)];
    }

    /// <summary>The annotation behind a cell; null: it tells none.</summary>
    public static AnnotationsValue? Read(ColumnModel column, string? cell)
    {
        if (cell is null || TypeOf(column.ColumnType) is not { } type)
            return null;
        return new AnnotationsValue { Type = type, Value = IsList(column) ? Elements(cell) : [cell] };
    }

    private static bool IsList(ColumnModel column) => column.ColumnType?.EndsWith("_LIST", StringComparison.Ordinal) == true;

    private static IReadOnlyList<string> Elements(string cell)
    {
        using var json = JsonDocument.Parse(cell);
        return [.. json.RootElement.EnumerateArray().Select(element => element.ToString())];
    }

    private static string? TypeOf(string? columnType) => columnType switch
    {
        "STRING" or "STRING_LIST" => AnnotationTypes.String,
        "INTEGER" or "INTEGER_LIST" => AnnotationTypes.Long,
        "DATE" or "DATE_LIST" => AnnotationTypes.Timestamp,
        "BOOLEAN" => AnnotationTypes.Boolean,
        // Of several doubles a cell holds the first, and nothing says so; of several truths JSON's words come out otherwise.
        _ => null,
    };
}
