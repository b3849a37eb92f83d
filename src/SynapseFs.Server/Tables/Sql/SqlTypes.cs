using SynapseFs.Api;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>What queries must know of column types. Source: ColumnTypeListMappings, TableModelUtils.calculateMaxSizeForType.</summary>
internal static class SqlTypes
{
    public const string Text = "STRING";
    public const string Integer = "INTEGER";
    public const string Real = "DOUBLE";
    public const string Boolean = "BOOLEAN";
    public const string Date = "DATE";
    public const string EntityId = "ENTITYID";
    public const string UserId = "USERID";
    public const string Json = "JSON";

    private const int BytesOfChar = 4;
    private const int LargestText = 1000;
    private const int LongestList = 100;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "STRING", "LINK", "MEDIUMTEXT", "LARGETEXT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "ENTITYID", "FILEHANDLEID", "USERID",
        "SUBMISSIONID", "EVALUATIONID", "JSON", "STRING_LIST", "INTEGER_LIST", "DATE_LIST", "USERID_LIST", "BOOLEAN_LIST",
        "ENTITYID_LIST",
    };

    public static bool IsKnown(string type) => Known.Contains(type);

    public static bool IsList(string? type) => type?.EndsWith("_LIST", StringComparison.Ordinal) == true;

    /// <summary>Whether cells are compared as text, without regard to case and accents.</summary>
    public static bool IsText(string? type) => type is null or "STRING" or "LINK" or "MEDIUMTEXT" or "LARGETEXT" or "JSON" || IsList(type);

    /// <summary>STRING for STRING_LIST; other types as they are.</summary>
    public static string? ElementOf(string? type) => IsList(type) ? type![..^5] : type;

    /// <summary>Bytes of the widest cell of a column.</summary>
    public static long Width(ColumnModel column) => Width(column.ColumnType, column.MaximumSize, column.MaximumListLength);

    /// <summary>Bytes of the widest cell of a result column that is no column of the table.</summary>
    public static long Width(string? type) => Width(type, LargestText, LongestList);

    private static long Width(string? type, long? size, long? length) => type switch
    {
        "STRING" or "LINK" => BytesOfChar * (size ?? 50),
        "MEDIUMTEXT" => 421,
        "LARGETEXT" or "JSON" => 2133,
        "BOOLEAN" => 5,
        "DOUBLE" => 23,
        "ENTITYID" => 44,
        "STRING_LIST" => BytesOfChar * (size ?? 50) * (length ?? LongestList),
        "INTEGER_LIST" or "DATE_LIST" or "USERID_LIST" => 20 * (length ?? LongestList),
        "BOOLEAN_LIST" => 5 * (length ?? LongestList),
        "ENTITYID_LIST" => 44 * (length ?? LongestList),
        _ => 20,
    };
}
