using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Files;

/// <summary>All file handles; immutable but for their preview and their deletion.</summary>
internal sealed class FileHandles(Database database, TimeProvider time)
{
    private const long FirstId = 138000001;
    private const string Columns = "id, created_by, object_key, document";

    public FileHandleRow? Get(long id) => database.First($"SELECT {Columns} FROM file_handles WHERE id = @0", Map, id);

    /// <summary>What the handle is a preview of: several when it was copied with its preview.</summary>
    public IReadOnlyList<FileHandleRow> ShownBy(long previewId) => database.Query(
        $"SELECT {Columns} FROM file_handles WHERE document ->> '$.previewId' = @0 AND id <> @1", Map, Text(previewId), previewId);

    public FileHandleRow Add(FileHandle document, Caller owner, string? objectKey) => Add(document, owner.Id, objectKey);

    /// <summary>Stores a new handle; id, etag, owner and dates are set here.</summary>
    public FileHandleRow Add(FileHandle document, long owner, string? objectKey)
    {
        var id = database.Next("file handle", FirstId);
        // Handles stand in columns of second resolution in Synapse.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var stored = document with
        {
            Id = Text(id),
            Etag = Guid.NewGuid().ToString(),
            CreatedBy = Text(owner),
            CreatedOn = now,
            ModifiedOn = now,
            Status = "AVAILABLE",
        };
        database.Execute(
            "INSERT INTO file_handles (id, etag, created_by, created_on, object_key, document) VALUES (@0, @1, @2, @3, @4, @5)",
            id, stored.Etag, owner, now.ToUnixTimeMilliseconds(), objectKey,
            JsonSerializer.Serialize(stored, ApiJson.Default.FileHandle));
        return new FileHandleRow(id, owner, objectKey, stored);
    }

    /// <summary>Sets or clears the preview: the only change there is of a handle, and a new etag.</summary>
    public FileHandleRow SetPreview(FileHandleRow row, long? previewId)
    {
        var document = row.Document with
        {
            PreviewId = previewId is { } id ? Text(id) : null,
            Etag = Guid.NewGuid().ToString(),
        };
        database.Execute(
            "UPDATE file_handles SET etag = @1, document = @2 WHERE id = @0",
            row.Id, document.Etag, JsonSerializer.Serialize(document, ApiJson.Default.FileHandle));
        return row with { Document = document };
    }

    public void Delete(long id) => database.Execute("DELETE FROM file_handles WHERE id = @0", id);

    public bool UsesObject(string key) =>
        database.Number("SELECT EXISTS (SELECT 1 FROM file_handles WHERE object_key = @0)", key) == 1;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static FileHandleRow Map(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2),
        JsonSerializer.Deserialize(row.GetString(3), ApiJson.Default.FileHandle)!);
}
