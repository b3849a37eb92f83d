namespace SynapseFs.Server.World.Changes;

/// <summary>
/// When each object changed last, in one series of numbers: what is derived from the world (views, search, validation) follows it.
/// Written in the transaction of the change itself.
/// </summary>
internal sealed class ChangeLog(Database database, TimeProvider time)
{
    public const string Entity = "ENTITY";
    public const string Create = "CREATE";
    public const string Update = "UPDATE";
    public const string Delete = "DELETE";

    public void Add(string objectType, long objectId, string kind) => database.Execute(
        "INSERT OR REPLACE INTO changes (number, object_type, object_id, kind, changed_on) VALUES (@0, @1, @2, @3, @4)",
        database.Next("change", 1), objectType, objectId, kind, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The number of the latest change; 0 in a fresh world.</summary>
    public long Newest => database.Number("SELECT max(number) FROM changes") ?? 0;

    /// <summary>Objects that changed after the number, in the order of their latest changes.</summary>
    public IReadOnlyList<ChangeRow> Since(long number, string? objectType, int limit) => database.Query(
        "SELECT number, object_type, object_id, kind, changed_on FROM changes WHERE number > @0 AND (@1 IS NULL OR object_type = @1) "
        + "ORDER BY number LIMIT @2",
        row => new ChangeRow(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4)),
        number, objectType, limit);
}
