using SynapseFs.Api;

namespace SynapseFs.Server.Tables.Columns;

/// <summary>
/// The types of columns and what they weigh. Source: ColumnType, ColumnConstants, ColumnTypeListMappings,
/// TableModelUtils.calculateMaxSizeForType.
/// </summary>
internal static class ColumnTypes
{
    public const string String = "STRING";
    public const string Link = "LINK";
    public const string MediumText = "MEDIUMTEXT";
    public const string LargeText = "LARGETEXT";
    public const string Integer = "INTEGER";
    public const string Double = "DOUBLE";
    public const string Boolean = "BOOLEAN";
    public const string Date = "DATE";
    public const string EntityId = "ENTITYID";
    public const string FileHandleId = "FILEHANDLEID";
    public const string UserId = "USERID";
    public const string SubmissionId = "SUBMISSIONID";
    public const string EvaluationId = "EVALUATIONID";
    public const string Json = "JSON";
    public const string StringList = "STRING_LIST";
    public const string IntegerList = "INTEGER_LIST";
    public const string DateList = "DATE_LIST";
    public const string UserIdList = "USERID_LIST";
    public const string BooleanList = "BOOLEAN_LIST";
    public const string EntityIdList = "ENTITYID_LIST";

    public const int MaxString = 1000;
    public const int MaxMediumText = 2000;
    public const int MaxLargeText = 524_288;
    public const int MaxListLength = 100;
    public const int DefaultString = 50;

    private const string ListEnd = "_LIST";
    private const int CharacterBytes = 4;

    public static IReadOnlyList<string> All { get; } =
    [
        String, Double, Integer, Boolean, Date, FileHandleId, EntityId, SubmissionId, EvaluationId, Link, MediumText, LargeText, UserId,
        StringList, IntegerList, BooleanList, DateList, EntityIdList, UserIdList, Json,
    ];

    public static bool IsList(string? type) => type?.EndsWith(ListEnd, StringComparison.Ordinal) == true;

    /// <summary>The type of a list's elements; any other type is its own.</summary>
    public static string? Element(string? type) => IsList(type) ? type![..^ListEnd.Length] : type;

    public static bool IsText(string? type) => type is String or Link or MediumText or LargeText;

    /// <summary>Whether queries compare the cells as text, without regard to case and accents; a value without a type is text.</summary>
    public static bool IsComparedAsText(string? type) => type is null or Json || IsText(type) || IsList(type);

    public static bool HasMaximumSize(string? type) => type is String or Link or StringList;

    /// <summary>Bytes of a column in the widest row that the column allows.</summary>
    public static long Width(ColumnModel column) =>
        Width(column.ColumnType, column.MaximumSize ?? MaxString, column.MaximumListLength ?? MaxListLength);

    /// <summary>The same of a query's result that is no column of a table.</summary>
    public static long Width(string? type) => Width(type, MaxString, MaxListLength);

    private static long Width(string? type, long size, long length) => (IsList(type) ? length : 1) * Element(type) switch
    {
        String or Link => CharacterBytes * size,
        MediumText => 421,
        LargeText or Json => 2133,
        Double => 23,
        Boolean => 5,
        EntityId => 44,
        _ => 20,
    };
}
