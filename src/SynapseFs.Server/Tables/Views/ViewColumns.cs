using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// The columns that stand for an object's own fields; all others of a view are annotations. Source: ObjectField, SubmissionField,
/// ObjectFieldModelResolverImpl and the metadata index providers.
/// </summary>
internal static class ViewColumns
{
    private const string Range = "range";
    private const string Enumeration = "enumeration";

    private static readonly ColumnModel[] Basic =
    [
        Column("id", ColumnTypes.EntityId),
        Column("name", ColumnTypes.String, 256),
        Column("description", ColumnTypes.String, 1000),
        Column("createdOn", ColumnTypes.Date, facet: Range),
        Column("createdBy", ColumnTypes.UserId, facet: Enumeration),
        Column("etag", ColumnTypes.String, 36),
        Column("modifiedOn", ColumnTypes.Date, facet: Range),
        Column("modifiedBy", ColumnTypes.UserId, facet: Enumeration),
        Column("path", ColumnTypes.String, 1000),
    ];

    private static readonly ColumnModel[] OfFiles =
    [
        Column("type", ColumnTypes.String, 20, Enumeration),
        Column("currentVersion", ColumnTypes.Integer),
        Column("parentId", ColumnTypes.EntityId, facet: Enumeration),
        Column("benefactorId", ColumnTypes.EntityId),
        Column("projectId", ColumnTypes.EntityId, facet: Enumeration),
        Column("dataFileHandleId", ColumnTypes.FileHandleId),
        Column("dataFileName", ColumnTypes.String, 256),
        Column("dataFileSizeBytes", ColumnTypes.Integer),
        Column("dataFileMD5Hex", ColumnTypes.String, 100),
        Column("dataFileConcreteType", ColumnTypes.String, 65, Enumeration),
        Column("dataFileBucket", ColumnTypes.String, 100, Enumeration),
        Column("dataFileKey", ColumnTypes.String, 700),
    ];

    private static readonly ColumnModel[] OfDatasets =
    [
        Column("datasetSizeInBytes", ColumnTypes.Integer),
        Column("datasetMD5Hex", ColumnTypes.String, 100),
        Column("datasetItemCount", ColumnTypes.Integer),
    ];

    private static readonly ColumnModel[] OfSubmissions =
    [
        Column("id", ColumnTypes.SubmissionId),
        Column("name", ColumnTypes.String, 256),
        Column("createdOn", ColumnTypes.Date, facet: Range),
        Column("createdBy", ColumnTypes.UserId, facet: Enumeration),
        Column("etag", ColumnTypes.String, 36),
        Column("modifiedOn", ColumnTypes.Date, facet: Range),
        Column("projectId", ColumnTypes.EntityId, facet: Enumeration),
    ];

    private static readonly string[] Statuses =
        ["OPEN", "CLOSED", "SCORED", "INVALID", "VALIDATED", "EVALUATION_IN_PROGRESS", "RECEIVED", "REJECTED", "ACCEPTED"];

    private static readonly ColumnModel[] CustomOfSubmissions =
    [
        Column("status", ColumnTypes.String, facet: Enumeration) with { EnumValues = Statuses },
        Column("evaluationid", ColumnTypes.EvaluationId, facet: Enumeration),
        Column("evaluationroundid", ColumnTypes.Integer, facet: Enumeration),
        Column("submitterid", ColumnTypes.UserId, facet: Enumeration),
        Column("submitteralias", ColumnTypes.String, 500, Enumeration),
        Column("entityid", ColumnTypes.EntityId, facet: Enumeration),
        Column("entityversion", ColumnTypes.Integer, facet: Enumeration),
        Column("dockerrepositoryname", ColumnTypes.String, 400),
        Column("dockerdigest", ColumnTypes.String, 200),
    ];

    private static readonly ColumnModel[] EntityFields = [.. Basic, .. OfFiles, .. OfDatasets];

    private static readonly ColumnModel[] SubmissionFields =
    [
        .. OfSubmissions, Column("parentId", ColumnTypes.EvaluationId), Column("benefactorId", ColumnTypes.EvaluationId),
    ];

    /// <summary>The columns offered for a new view. Whether files are among the types decides between few and many.</summary>
    public static IReadOnlyList<ColumnModel> Defaults(string kind, long? mask) => kind switch
    {
        ViewDefinition.EntityView when mask is null => throw ServiceException.BadRequest("viewTypeMask is required."),
        ViewDefinition.EntityView => (mask & ViewMask.File) != 0 ? [.. Basic, .. OfFiles] : Basic,
        ViewDefinition.Dataset => [.. Basic, .. OfFiles],
        ViewDefinition.DatasetCollection => [.. Basic, .. OfDatasets],
        ViewDefinition.SubmissionView => [.. OfSubmissions, .. CustomOfSubmissions],
        _ => throw ServiceException.BadRequest($"Unsupported type {kind}"),
    };

    /// <summary>
    /// Whether the column shows a field of the object: by name, type and enough room, or else it is an annotation of that name.
    /// </summary>
    public static bool IsField(string kind, ColumnModel column)
    {
        var fields = kind == ViewDefinition.SubmissionView ? SubmissionFields : EntityFields;
        return fields.Any(field => field.Name == column.Name && field.ColumnType == column.ColumnType
            && (field.MaximumSize is not { } size || column.MaximumSize >= size));
    }

    /// <summary>Whether the column shows what a submission's status says of it, which no view can change.</summary>
    public static bool IsStatusField(string kind, string? name) =>
        kind == ViewDefinition.SubmissionView && CustomOfSubmissions.Any(field => field.Name == name);

    private static ColumnModel Column(string name, string type, long? size = null, string? facet = null) =>
        new() { Name = name, ColumnType = type, MaximumSize = size, FacetType = facet };
}
