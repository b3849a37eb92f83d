using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Rows of queues.</summary>
internal sealed class EvaluationTable(Database database)
{
    private const long FirstId = 9614001;
    private const string Columns =
        "e.id, e.etag, e.name, e.project_id, e.owner_id, e.created_on, e.description, e.instructions, e.receipt, e.quota, e.batch_token";

    public EvaluationRow? Get(long id) => database.First($"SELECT {Columns} FROM evaluations e WHERE e.id = @0", Map, id);

    public EvaluationRow? Find(string name) => database.First($"SELECT {Columns} FROM evaluations e WHERE e.name = @0", Map, name);

    public long NewId() => database.Next("evaluation", FirstId);

    public void Put(EvaluationRow row)
    {
        var (start, end) = RoundRules.Span(row.Quota);
        database.Execute(
            "INSERT INTO evaluations (id, etag, name, project_id, owner_id, created_on, description, instructions, receipt, quota, "
            + "batch_token, starts_on, ends_on) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12) "
            + "ON CONFLICT (id) DO UPDATE SET etag = excluded.etag, name = excluded.name, project_id = excluded.project_id, "
            + "description = excluded.description, instructions = excluded.instructions, receipt = excluded.receipt, "
            + "quota = excluded.quota, batch_token = excluded.batch_token, starts_on = excluded.starts_on, ends_on = excluded.ends_on",
            row.Id, row.Etag, row.Name, row.ProjectId, row.OwnerId, row.CreatedOn, row.Description, row.Instructions, row.Receipt,
            row.Quota is null ? null : JsonSerializer.Serialize(row.Quota, EvaluationJson.Default.SubmissionQuota), row.BatchToken,
            start, end);
    }

    public void Delete(long id) => database.Execute("DELETE FROM evaluations WHERE id = @0", id);

    /// <summary>Those on which the caller has the right, by name; null for what is not asked about.</summary>
    public IReadOnlyList<EvaluationRow> List(Caller caller, EvaluationFilter filter, OffsetPage page) => database.Query(
        $"SELECT {Columns} FROM evaluations e WHERE EXISTS (SELECT 1 FROM object_acl_entries a WHERE a.object_type = 'EVALUATION' "
        + "AND a.object_id = e.id AND a.access = @0 AND a.principal_id IN (SELECT value FROM json_each(@1))) "
        + "AND (@2 IS NULL OR e.project_id = @2) AND (@3 IS NULL OR e.id IN (SELECT value FROM json_each(@3))) "
        + "AND (@4 IS NULL OR ((e.starts_on IS NULL OR e.starts_on <= @4) AND (e.ends_on IS NULL OR e.ends_on > @4))) "
        + "ORDER BY e.name LIMIT @5 OFFSET @6",
        Map, filter.Access, caller.GroupsJson, filter.ProjectId, filter.IdsJson, filter.ActiveAt, page.Limit, page.Offset);

    public string RenewBatchToken(long id)
    {
        var token = Guid.NewGuid().ToString();
        database.Execute("UPDATE evaluations SET batch_token = @1 WHERE id = @0", id, token);
        return token;
    }

    private static EvaluationRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Etag = row.GetString(1),
        Name = row.GetString(2),
        ProjectId = row.GetInt64(3),
        OwnerId = row.GetInt64(4),
        CreatedOn = row.GetInt64(5),
        Description = row.IsDBNull(6) ? null : row.GetString(6),
        Instructions = row.IsDBNull(7) ? null : row.GetString(7),
        Receipt = row.IsDBNull(8) ? null : row.GetString(8),
        Quota = row.IsDBNull(9) ? null : JsonSerializer.Deserialize(row.GetString(9), EvaluationJson.Default.SubmissionQuota),
        BatchToken = row.GetString(10),
    };
}
