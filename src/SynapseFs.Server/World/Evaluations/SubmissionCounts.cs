namespace SynapseFs.Server.World.Evaluations;

/// <summary>
/// How many submissions were made to a queue in a span of time, the start in it and the end not; null: no bound. What was found
/// INVALID or was REJECTED does not count.
/// </summary>
internal sealed class SubmissionCounts(Database database)
{
    private const string Counted =
        " AND s.status NOT IN ('INVALID', 'REJECTED') AND (@2 IS NULL OR s.created_on >= @2) AND (@3 IS NULL OR s.created_on < @3)";

    public long ByTeam(long evaluation, long team, DateTimeOffset? start, DateTimeOffset? end) => database.Number(
        "SELECT count(*) FROM submissions s WHERE s.evaluation_id = @0 AND s.team_id = @1" + Counted,
        evaluation, team, start?.ToUnixTimeMilliseconds(), end?.ToUnixTimeMilliseconds()) ?? 0;

    public long ByContributor(long evaluation, long principal, DateTimeOffset? start, DateTimeOffset? end) => database.Number(
        "SELECT count(*) FROM submissions s JOIN submission_contributors c ON c.submission_id = s.id "
        + "WHERE s.evaluation_id = @0 AND c.principal_id = @1" + Counted,
        evaluation, principal, start?.ToUnixTimeMilliseconds(), end?.ToUnixTimeMilliseconds()) ?? 0;

    /// <summary>Whether the principal contributed to a submission that is not one of the team (null: to that of any team).</summary>
    public bool IsElsewhere(long evaluation, long principal, long? team, DateTimeOffset? start, DateTimeOffset? end) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM submissions s JOIN submission_contributors c ON c.submission_id = s.id "
        + "WHERE s.evaluation_id = @0 AND c.principal_id = @1 "
        + "AND CASE WHEN @4 IS NULL THEN s.team_id IS NOT NULL ELSE s.team_id IS NULL OR s.team_id <> @4 END" + Counted + ")",
        evaluation, principal, start?.ToUnixTimeMilliseconds(), end?.ToUnixTimeMilliseconds(), team) == 1;
}
