using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Views;

/// <summary>Entities as rows of a view: their own fields and their annotations, in the order of the view's columns.</summary>
internal sealed class EntityRows(SynapseWorld world)
{
    /// <summary>Entities read in one go, so that nobody waits long for the world.</summary>
    private const int Chunk = 500;

    private const int MaxPath = 1000;

    // Bound: pairs of id and version (or null) as JSON; types as JSON.
    private const string Select =
        "SELECT n.id, n.parent_id, n.name, n.type, n.etag, n.created_on, n.created_by, n.current_version, v.number, v.description, "
        + "v.modified_on, v.modified_by, v.annotations, v.fields, f.document, a.node_id, d.annotations "
        + "FROM json_each(@0) p JOIN nodes n ON n.id = p.value ->> 0 "
        + "JOIN versions v ON v.node_id = n.id AND v.number = ifnull(p.value ->> 1, n.current_version) "
        + "LEFT JOIN file_handles f ON f.id = v.file_handle_id LEFT JOIN acls a ON a.node_id = n.id "
        + "LEFT JOIN derived_annotations d ON d.node_id = n.id AND v.number = n.current_version "
        + "WHERE n.type IN (SELECT value FROM json_each(@1))";

    /// <summary>
    /// The rows of those that are there, not in the trash and of a type that the view shows. <paramref name="places"/> learns their
    /// containers on the way.
    /// </summary>
    public List<IndexRow> Read(
        ViewDefinition definition, IReadOnlyList<ColumnModel> columns, IEnumerable<ViewItem> items, Places places,
        CancellationToken cancellationToken)
    {
        var isField = columns.Select(column => ViewColumns.IsField(definition.Kind, column)).ToArray();
        var types = ViewScopes.TypesJson(definition);
        var rows = new List<IndexRow>();
        foreach (var chunk in items.Chunk(Chunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pairs = ViewScopes.PairsJson(chunk);
            world.Transact(() =>
            {
                foreach (var found in world.Database.Query(Select, Map, pairs, types))
                {
                    if (places.Of(found.ParentId) is { } place)
                    {
                        rows.Add(Row(found, place, columns, isField));
                    }
                }
            });
        }

        return rows;
    }

    private static IndexRow Row(Found found, Place place, IReadOnlyList<ColumnModel> columns, bool[] isField)
    {
        var benefactor = found.HasAcl ? found.Id : place.Benefactor;
        var cells = new string?[columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = isField[i]
                ? Field(found, place, benefactor, columns[i].Name!)
                : AnnotationCells.Text(columns[i], found.Annotation(columns[i].Name!));
        }

        return new IndexRow(found.Id, found.Version, cells) { Etag = found.Etag, Benefactor = benefactor };
    }

    private static string? Field(Found found, Place place, long benefactor, string name) => name switch
    {
        "id" => EntityIds.Text(found.Id),
        "name" => found.Name,
        "description" => found.Description,
        "createdOn" => EntityShape.Text(found.CreatedOn),
        "createdBy" => EntityShape.Text(found.CreatedBy),
        "etag" => found.Etag,
        "modifiedOn" => EntityShape.Text(found.ModifiedOn),
        "modifiedBy" => EntityShape.Text(found.ModifiedBy),
        "path" => Path(place, found.Name),
        "type" => found.Type,
        "currentVersion" => EntityShape.Text(found.CurrentVersion),
        "parentId" => EntityIds.Text(found.ParentId),
        "benefactorId" => EntityIds.Text(benefactor),
        "projectId" => found.Type == EntityKind.Project.ShortName ? EntityIds.Text(found.Id)
            : place.Project is { } project ? EntityIds.Text(project) : null,
        "dataFileHandleId" => found.File?.Id,
        "dataFileName" => found.File?.FileName,
        "dataFileSizeBytes" => found.File?.ContentSize is { } size ? EntityShape.Text(size) : null,
        "dataFileMD5Hex" => found.File?.ContentMd5,
        "dataFileConcreteType" => found.File?.ConcreteType,
        "dataFileBucket" => found.File?.BucketName,
        "dataFileKey" => found.File?.Key,
        "datasetSizeInBytes" => found.Fields?.Number("size") is { } bytes ? EntityShape.Text(bytes) : null,
        "datasetMD5Hex" => found.Fields?.Text("checksum"),
        "datasetItemCount" => found.Fields?.Number("count") is { } count ? EntityShape.Text(count) : null,
        _ => null,
    };

    private static string Path(Place place, string name)
    {
        var path = place.Path.Length == 0 ? name : $"{place.Path}/{name}";
        return path.Length <= MaxPath ? path : path[..MaxPath];
    }

    private static Found Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        ParentId = row.IsDBNull(1) ? EntityIds.Root : row.GetInt64(1),
        Name = row.GetString(2),
        Type = row.GetString(3),
        Etag = row.GetString(4),
        CreatedOn = row.GetInt64(5),
        CreatedBy = row.GetInt64(6),
        CurrentVersion = row.GetInt64(7),
        Version = row.GetInt64(8),
        Description = row.IsDBNull(9) ? null : row.GetString(9),
        ModifiedOn = row.GetInt64(10),
        ModifiedBy = row.GetInt64(11),
        Annotations = row.IsDBNull(12) ? null : JsonSerializer.Deserialize(row.GetString(12), WorldJson.Default.Annotations),
        Fields = row.IsDBNull(13) ? null : JsonSerializer.Deserialize(row.GetString(13), WorldJson.Default.Fields),
        File = row.IsDBNull(14) ? null : JsonSerializer.Deserialize(row.GetString(14), ApiJson.Default.FileHandle),
        HasAcl = !row.IsDBNull(15),
        Derived = row.IsDBNull(16) ? null : JsonSerializer.Deserialize(row.GetString(16), WorldJson.Default.Annotations),
    };

    private sealed record Found
    {
        public required long Id { get; init; }
        public required long ParentId { get; init; }
        public required string Name { get; init; }
        public required string Type { get; init; }
        public required string Etag { get; init; }
        public required long CreatedOn { get; init; }
        public required long CreatedBy { get; init; }
        public required long CurrentVersion { get; init; }
        public required long Version { get; init; }
        public string? Description { get; init; }
        public required long ModifiedOn { get; init; }
        public required long ModifiedBy { get; init; }
        public IReadOnlyDictionary<string, AnnotationsValue>? Annotations { get; init; }
        /// <summary>What a schema gave to the current version.</summary>
        public IReadOnlyDictionary<string, AnnotationsValue>? Derived { get; init; }
        public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }
        public FileHandle? File { get; init; }
        public required bool HasAcl { get; init; }

        /// <summary>The entity's own one stands before a derived one of that name.</summary>
        public AnnotationsValue? Annotation(string name) =>
            Annotations?.GetValueOrDefault(name) ?? Derived?.GetValueOrDefault(name);
    }
}
