using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Rows of rounds.</summary>
internal sealed class RoundTable(Database database)
{
    private const string Columns = "id, etag, evaluation_id, starts_on, ends_on, limits";

    public EvaluationRound? Get(long evaluation, long id) => database.First(
        $"SELECT {Columns} FROM evaluation_rounds WHERE evaluation_id = @0 AND id = @1", Map, evaluation, id);

    public EvaluationRound? At(long evaluation, DateTimeOffset time) => database.First(
        $"SELECT {Columns} FROM evaluation_rounds WHERE evaluation_id = @0 AND starts_on <= @1 AND ends_on > @1 ORDER BY starts_on",
        Map, evaluation, time.ToUnixTimeMilliseconds());

    public bool Exist(long evaluation) =>
        database.Number("SELECT EXISTS (SELECT 1 FROM evaluation_rounds WHERE evaluation_id = @0)", evaluation) == 1;

    public IReadOnlyList<EvaluationRound> List(long evaluation, PageToken page) => database.Query(
        $"SELECT {Columns} FROM evaluation_rounds WHERE evaluation_id = @0 ORDER BY starts_on LIMIT @1 OFFSET @2",
        Map, evaluation, page.Fetch, page.Offset);

    /// <summary>Ids of the rounds, but for one, that share a moment with the span.</summary>
    public IReadOnlyList<long> Overlapping(long evaluation, DateTimeOffset start, DateTimeOffset end, long except) => database.Query(
        "SELECT id FROM evaluation_rounds WHERE evaluation_id = @0 AND ends_on > @1 AND starts_on < @2 AND id <> @3 ORDER BY starts_on",
        row => row.GetInt64(0), evaluation, start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), except);

    public bool HasSubmissions(long id) => database.Number("SELECT EXISTS (SELECT 1 FROM submissions WHERE round_id = @0)", id) == 1;

    /// <summary>Stores it under a new id when it has none; returns it with a new etag.</summary>
    public EvaluationRound Put(long evaluation, EvaluationRound round)
    {
        var id = round.Id is { } known ? EntityIds.ParseNumber(known, "round id") : database.Next("evaluation round", 1);
        database.Execute(
            $"INSERT INTO evaluation_rounds ({Columns}) VALUES (@0, @1, @2, @3, @4, @5) ON CONFLICT (id) DO UPDATE SET "
            + "etag = excluded.etag, starts_on = excluded.starts_on, ends_on = excluded.ends_on, limits = excluded.limits",
            id, Stamp.NewEtag(), evaluation, round.RoundStart?.ToUnixTimeMilliseconds(), round.RoundEnd?.ToUnixTimeMilliseconds(),
            round.Limits is null ? null : JsonSerializer.Serialize(round.Limits, EvaluationJson.Default.RoundLimits));
        return Get(evaluation, id)!;
    }

    public void Delete(long id) => database.Execute("DELETE FROM evaluation_rounds WHERE id = @0", id);

    private static EvaluationRound Map(SqliteDataReader row) => new()
    {
        Id = EntityShape.Text(row.GetInt64(0)),
        Etag = row.GetString(1),
        EvaluationId = EntityShape.Text(row.GetInt64(2)),
        RoundStart = EntityShape.Date(row.GetInt64(3)),
        RoundEnd = EntityShape.Date(row.GetInt64(4)),
        Limits = row.IsDBNull(5) ? null : JsonSerializer.Deserialize(row.GetString(5), EvaluationJson.Default.RoundLimits),
    };
}
