using System.Text.Json;
using SynapseFs.Api;

namespace SynapseFs.Entities.Views;

/// <summary>A view that may tell of files: what it covers and what it tells of each. Pure.</summary>
/// <param name="Id">The view's.</param>
/// <param name="Etag">Another one: it may be defined otherwise.</param>
/// <param name="Scope">Ids of the containers that it covers, with all below.</param>
/// <param name="Columns">With their ids, in order.</param>
internal sealed record FileView(
    string Id, string Name, string Etag, long Mask, IReadOnlyList<string> Scope, IReadOnlyList<ColumnModel> Columns)
{
    /// <summary>The bit of a view's types that stands for files.</summary>
    public const long FileBit = 1;

    private const long FilesAndTables = 5;

    /// <summary>What each file needs for its length, its content and what may be done with it.</summary>
    public static readonly IReadOnlyList<string> NeededColumns =
        ["id", "modifiedOn", "benefactorId", "dataFileHandleId", "dataFileSizeBytes", "dataFileMD5Hex"];

    /// <summary>What is told besides where the view has it.</summary>
    public static readonly IReadOnlyList<string> UsedColumns = ["createdBy", "modifiedBy", "dataFileName"];

    /// <summary>Columns that are an entity's own fields, whatever the view shows; all others are annotations.</summary>
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "id", "name", "description", "createdOn", "createdBy", "etag", "modifiedOn", "modifiedBy", "path", "type", "currentVersion",
        "parentId", "benefactorId", "projectId", "dataFileHandleId", "dataFileName", "dataFileSizeBytes", "dataFileMD5Hex",
        "dataFileConcreteType", "dataFileBucket", "dataFileKey", "datasetSizeInBytes", "datasetMD5Hex", "datasetItemCount",
    };

    public bool ShowsFiles => (Mask & FileBit) != 0;

    /// <summary>Needed columns that it has not.</summary>
    public IReadOnlyList<string> MissingColumns => [.. NeededColumns.Except(Columns.Select(column => column.Name ?? ""))];

    public IReadOnlyList<ColumnModel> AnnotationColumns => [.. Columns.Where(column => column.Name is { } name && !Fields.Contains(name))];

    public bool Has(string column) => Columns.Any(known => known.Name == column);

    /// <summary>Whether it covers something that lies in one of these.</summary>
    public bool Covers(IEnumerable<string> ids) => ids.Any(id => Scope.Contains(id, StringComparer.Ordinal));

    /// <param name="entity">As the service tells it; null from this: it is no view of entities.</param>
    /// <param name="columns">Its columns; none yet where only the scope is of interest.</param>
    public static FileView? Of(Entity entity, IReadOnlyList<ColumnModel> columns) =>
        entity is { ConcreteType: SynapseTypes.EntityView, Id: { } id }
            ? new FileView(id, entity.Name ?? id, entity.Etag ?? "", MaskOf(entity), ScopeOf(entity), columns)
            : null;

    private static long MaskOf(Entity entity)
    {
        if (Field(entity, "viewTypeMask") is { ValueKind: JsonValueKind.Number } mask)
            return mask.GetInt64();
        // The old way to say it.
        return Field(entity, "type") is { ValueKind: JsonValueKind.String } type
            ? type.GetString() switch { "file" => FileBit, "file_and_table" => FilesAndTables, _ => 0 }
            : 0;
    }

    private static IReadOnlyList<string> ScopeOf(Entity entity) =>
        Field(entity, "scopeIds") is { ValueKind: JsonValueKind.Array } scope
            ? [.. scope.EnumerateArray().Select(id => Client.SynapseEntityId.TryParse(id.ToString(), out var parsed) ? parsed.Id : "")]
            : [];

    private static JsonElement? Field(Entity entity, string name) =>
        entity.Other is { } other && other.TryGetValue(name, out var value) ? value : null;
}
