using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Provenance;

/// <summary>The activities, and which versions name them.</summary>
internal sealed class ActivityTable(Database database)
{
    private const long FirstId = 10200001;
    private const string Columns = "id, etag, name, description, used, created_on, created_by, modified_on, modified_by";

    public long NewId() => database.Next("activity", FirstId);

    public Activity? Get(long id) => database.First($"SELECT {Columns} FROM activities WHERE id = @0", Map, id);

    public void Put(long id, Activity activity) => database.Execute(
        $"INSERT OR REPLACE INTO activities ({Columns}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8)",
        id, activity.Etag, activity.Name, activity.Description,
        JsonSerializer.Serialize(activity.Used ?? [], ActivityJson.Default.UsedList),
        activity.CreatedOn?.ToUnixTimeMilliseconds(), EntityIds.ParseNumber(activity.CreatedBy, "createdBy"),
        activity.ModifiedOn?.ToUnixTimeMilliseconds(), EntityIds.ParseNumber(activity.ModifiedBy, "modifiedBy"));

    public void Delete(long id) => database.Execute("DELETE FROM activities WHERE id = @0", id);

    /// <summary>The versions that it generated.</summary>
    public IReadOnlyList<Reference> Generated(long id, long limit, long offset) => database.Query(
        "SELECT node_id, number FROM versions WHERE activity_id = @0 ORDER BY node_id, number LIMIT @1 OFFSET @2",
        row => new Reference { TargetId = EntityIds.Text(row.GetInt64(0)), TargetVersionNumber = row.GetInt64(1) }, id, limit, offset);

    public long CountGenerated(long id) => database.Number("SELECT count(*) FROM versions WHERE activity_id = @0", id) ?? 0;

    /// <summary>The entities with such a version, each once.</summary>
    public IReadOnlyList<long> GeneratedEntities(long id) => database.Query(
        "SELECT DISTINCT node_id FROM versions WHERE activity_id = @0", row => row.GetInt64(0), id);

    private static Activity Map(SqliteDataReader row) => new()
    {
        Id = EntityShape.Text(row.GetInt64(0)),
        Etag = row.GetString(1),
        Name = row.IsDBNull(2) ? null : row.GetString(2),
        Description = row.IsDBNull(3) ? null : row.GetString(3),
        Used = JsonSerializer.Deserialize(row.GetString(4), ActivityJson.Default.UsedList),
        CreatedOn = EntityShape.Date(row.GetInt64(5)),
        CreatedBy = EntityShape.Text(row.GetInt64(6)),
        ModifiedOn = EntityShape.Date(row.GetInt64(7)),
        ModifiedBy = EntityShape.Text(row.GetInt64(8)),
    };
}
