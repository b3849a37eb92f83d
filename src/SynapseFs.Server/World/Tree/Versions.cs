using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;

namespace SynapseFs.Server.World.Tree;

/// <summary>The versions of all entities.</summary>
internal sealed class Versions(Database database)
{
    private const string Columns =
        "node_id, number, label, comment, description, modified_on, modified_by, file_handle_id, annotations, fields, activity_id";

    public VersionRow? Get(long nodeId, long number) =>
        database.First($"SELECT {Columns} FROM versions WHERE node_id = @0 AND number = @1", Map, nodeId, number);

    public VersionRow Current(NodeRow node) =>
        Get(node.Id, node.CurrentVersion)
        ?? throw new InvalidOperationException($"{node.IdText} has no version {node.CurrentVersion}.");

    /// <summary>Newest first, from one number downwards.</summary>
    public IReadOnlyList<VersionRow> List(long nodeId, long below, long limit, long offset) => database.Query(
        $"SELECT {Columns} FROM versions WHERE node_id = @0 AND number <= @1 ORDER BY number DESC LIMIT @2 OFFSET @3",
        Map, nodeId, below, limit, offset);

    public long Count(long nodeId) => database.Number("SELECT count(*) FROM versions WHERE node_id = @0", nodeId) ?? 0;

    public long? Highest(long nodeId) => database.Number("SELECT max(number) FROM versions WHERE node_id = @0", nodeId);

    public bool HasLabel(long nodeId, string label, long except) =>
        database.Number(
            "SELECT EXISTS (SELECT 1 FROM versions WHERE node_id = @0 AND label = @1 COLLATE NOCASE AND number <> @2)",
            nodeId, label, except) == 1;

    /// <summary>Told of every version whose content is new to it.</summary>
    public Action<VersionRow> FileArrived { get; set; } = _ => { };

    public void Put(VersionRow row)
    {
        var isArrival = row.FileHandleId is { } content && content != database.Number(
            "SELECT file_handle_id FROM versions WHERE node_id = @0 AND number = @1", row.NodeId, row.Number);
        database.Execute(
            $"INSERT INTO versions ({Columns}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10) "
            + "ON CONFLICT (node_id, number) DO UPDATE SET "
            + "label = excluded.label, comment = excluded.comment, description = excluded.description, modified_on = excluded.modified_on, "
            + "modified_by = excluded.modified_by, file_handle_id = excluded.file_handle_id, annotations = excluded.annotations, "
            + "fields = excluded.fields, activity_id = excluded.activity_id",
            row.NodeId, row.Number, row.Label, row.Comment, row.Description, row.ModifiedOn, row.ModifiedBy, row.FileHandleId,
            row.Annotations.Count == 0 ? null : JsonSerializer.Serialize(row.Annotations, WorldJson.Default.Annotations),
            row.Fields.Count == 0 ? null : JsonSerializer.Serialize(row.Fields, WorldJson.Default.Fields),
            row.ActivityId);
        if (isArrival)
        {
            FileArrived(row);
        }
    }

    public void Delete(long nodeId, long number) =>
        database.Execute("DELETE FROM versions WHERE node_id = @0 AND number = @1", nodeId, number);

    /// <summary>Whether a file handle is the content of some version: of the node given, or of any.</summary>
    public bool IsReferenced(long fileHandleId, long? nodeId) =>
        database.Number(
            "SELECT EXISTS (SELECT 1 FROM versions WHERE file_handle_id = @0 AND (@1 IS NULL OR node_id = @1))", fileHandleId, nodeId) == 1;

    /// <summary>Versions whose content has this MD5, at most 200.</summary>
    public IReadOnlyList<VersionRow> WithMd5(string md5) => database.Query(
        "SELECT v.node_id, v.number, v.label, v.comment, v.description, v.modified_on, v.modified_by, v.file_handle_id, v.annotations, "
        + "v.fields, v.activity_id FROM file_handles f JOIN versions v ON v.file_handle_id = f.id "
        + "WHERE lower(f.document ->> '$.contentMd5') = lower(@0) ORDER BY v.node_id, v.number LIMIT 200",
        Map, md5);

    private static VersionRow Map(SqliteDataReader row) => new()
    {
        NodeId = row.GetInt64(0),
        Number = row.GetInt64(1),
        Label = row.GetString(2),
        Comment = row.IsDBNull(3) ? null : row.GetString(3),
        Description = row.IsDBNull(4) ? null : row.GetString(4),
        ModifiedOn = row.GetInt64(5),
        ModifiedBy = row.GetInt64(6),
        FileHandleId = row.IsDBNull(7) ? null : row.GetInt64(7),
        Annotations = row.IsDBNull(8)
            ? new Dictionary<string, AnnotationsValue>()
            : JsonSerializer.Deserialize(row.GetString(8), WorldJson.Default.Annotations)!,
        Fields = row.IsDBNull(9)
            ? new Dictionary<string, JsonElement>()
            : JsonSerializer.Deserialize(row.GetString(9), WorldJson.Default.Fields)!,
        ActivityId = row.IsDBNull(10) ? null : row.GetInt64(10),
    };
}
