using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;

namespace SynapseFs.Server.World.Files;

/// <summary>Rows of uploads and of their parts, staged and added.</summary>
internal sealed class UploadTable(Database database)
{
    private const long FirstId = 4711;
    private const string Columns =
        "id, user_id, request, object_key, part_count, started_on, updated_on, file_handle_id, source_handle_id, source_etag";

    public UploadRow? Get(long id) => database.First($"SELECT {Columns} FROM uploads WHERE id = @0", Map, id);

    public UploadRow? Find(long userId, string requestHash) =>
        database.First($"SELECT {Columns} FROM uploads WHERE user_id = @0 AND request_hash = @1", Map, userId, requestHash);

    public UploadRow Add(UploadRow row, string requestHash)
    {
        var stored = row with { Id = database.Next("upload", FirstId) };
        database.Execute(
            "INSERT INTO uploads (id, user_id, request_hash, request, object_key, part_count, started_on, updated_on, source_handle_id, "
            + "source_etag) VALUES (@0, @1, @2, @3, @4, @5, @6, @6, @7, @8)",
            stored.Id, stored.UserId, requestHash, JsonSerializer.Serialize(stored.Request, ApiJson.Default.MultipartUploadRequest),
            stored.ObjectKey, stored.PartCount, stored.StartedOn, stored.SourceHandleId, stored.SourceEtag);
        return stored;
    }

    /// <summary>The upload stays what it is, but a request like its own begins anew.</summary>
    public void Forget(long id) => database.Execute("UPDATE uploads SET request_hash = NULL WHERE id = @0", id);

    /// <summary>Uploads, finished or not, that nothing has happened to since then.</summary>
    public IReadOnlyList<long> UntouchedSince(long milliseconds) =>
        database.Query("SELECT id FROM uploads WHERE updated_on < @0", row => row.GetInt64(0), milliseconds);

    public void Delete(long id) => database.Execute("DELETE FROM uploads WHERE id = @0", id);

    public IReadOnlyList<string> PartFiles(long id) =>
        database.Query("SELECT file FROM upload_parts WHERE upload_id = @0", row => row.GetString(0), id);

    public void Complete(long id, long fileHandleId, long now)
    {
        database.Execute("UPDATE uploads SET file_handle_id = @1, updated_on = @2 WHERE id = @0", id, fileHandleId, now);
        database.Execute("DELETE FROM upload_parts WHERE upload_id = @0", id);
    }

    public void Touch(long id, long now) => database.Execute("UPDATE uploads SET updated_on = @1 WHERE id = @0", id, now);

    /// <summary>Numbers and parts that have been added, in order.</summary>
    public IReadOnlyList<(long Number, ReceivedPart Part)> Added(long id) => database.Query(
        "SELECT number, file, size, md5 FROM upload_parts WHERE upload_id = @0 AND is_added = 1 ORDER BY number",
        row => (row.GetInt64(0), new ReceivedPart(row.GetString(1), row.GetInt64(2), row.GetString(3))), id);

    public ReceivedPart? FindPart(long id, long number, bool isAdded) => database.First(
        "SELECT file, size, md5 FROM upload_parts WHERE upload_id = @0 AND number = @1 AND is_added = @2",
        row => new ReceivedPart(row.GetString(0), row.GetInt64(1), row.GetString(2)), id, number, isAdded);

    public void PutPart(long id, long number, bool isAdded, ReceivedPart part) => database.Execute(
        "INSERT OR REPLACE INTO upload_parts (upload_id, number, is_added, file, size, md5) VALUES (@0, @1, @2, @3, @4, @5)",
        id, number, isAdded, part.File, part.Size, part.Md5);

    public void DeletePart(long id, long number, bool isAdded) => database.Execute(
        "DELETE FROM upload_parts WHERE upload_id = @0 AND number = @1 AND is_added = @2", id, number, isAdded);

    private static UploadRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        UserId = row.GetInt64(1),
        Request = JsonSerializer.Deserialize(row.GetString(2), ApiJson.Default.MultipartUploadRequest)!,
        ObjectKey = row.GetString(3),
        PartCount = row.GetInt32(4),
        StartedOn = row.GetInt64(5),
        UpdatedOn = row.GetInt64(6),
        FileHandleId = row.IsDBNull(7) ? null : row.GetInt64(7),
        SourceHandleId = row.IsDBNull(8) ? null : row.GetInt64(8),
        SourceEtag = row.IsDBNull(9) ? null : row.GetString(9),
    };
}
