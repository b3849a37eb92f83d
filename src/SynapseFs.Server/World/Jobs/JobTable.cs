using Microsoft.Data.Sqlite;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Jobs;

/// <summary>Rows of asynchronous jobs.</summary>
internal sealed class JobTable(Database database, TimeProvider time)
{
    private const long FirstId = 70001;
    private const string Columns =
        "id, kind, user_id, scopes, request, state, etag, started_on, changed_on, progress_message, progress_current, progress_total, "
        + "response, error, error_message, error_code";

    public JobRow? Get(long id) => database.First($"SELECT {Columns} FROM jobs WHERE id = @0", Map, id);

    /// <summary>Ids of the jobs that are not done, oldest first.</summary>
    public IReadOnlyList<long> UnderWay() =>
        database.Query("SELECT id FROM jobs WHERE state = 'PROCESSING' ORDER BY id", row => row.GetInt64(0));

    public long Add(Caller caller, string kind, string request)
    {
        var id = database.Next("job", FirstId);
        database.Execute(
            "INSERT INTO jobs (id, kind, user_id, scopes, request, state, etag, started_on, changed_on, progress_message, "
            + "progress_current, progress_total) VALUES (@0, @1, @2, @3, @4, 'PROCESSING', @5, @6, @6, 'Starting...', 0, 100)",
            id, kind, caller.Id, string.Join(' ', caller.Scopes), request, NewEtag(), Now);
        return id;
    }

    public void Report(long id, string message, long current, long total) => database.Execute(
        "UPDATE jobs SET progress_message = @1, progress_current = @2, progress_total = @3, changed_on = @4, etag = @5 WHERE id = @0",
        id, message, current, total, Now, NewEtag());

    public void Complete(long id, string response) => database.Execute(
        "UPDATE jobs SET state = 'COMPLETE', response = @1, progress_message = 'Complete', progress_current = progress_total, "
        + "changed_on = @2, etag = @3 WHERE id = @0",
        id, response, Now, NewEtag());

    public void Fail(long id, ServiceException refused) => database.Execute(
        "UPDATE jobs SET state = 'FAILED', error = @1, error_message = @2, error_code = @3, changed_on = @4, etag = @5 WHERE id = @0",
        id, refused.Error.ToString(), refused.Message, refused.Code, Now, NewEtag());

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string NewEtag() => Guid.NewGuid().ToString();

    private static JobRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Kind = row.GetString(1),
        UserId = row.GetInt64(2),
        Scopes = row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Request = row.GetString(4),
        State = row.GetString(5),
        Etag = row.GetString(6),
        StartedOn = row.GetInt64(7),
        ChangedOn = row.GetInt64(8),
        ProgressMessage = row.IsDBNull(9) ? null : row.GetString(9),
        ProgressCurrent = row.GetInt64(10),
        ProgressTotal = row.GetInt64(11),
        Response = row.IsDBNull(12) ? null : row.GetString(12),
        Error = row.IsDBNull(13) ? null : Enum.Parse<ServiceError>(row.GetString(13)),
        ErrorMessage = row.IsDBNull(14) ? null : row.GetString(14),
        ErrorCode = row.IsDBNull(15) ? null : row.GetString(15),
    };
}
