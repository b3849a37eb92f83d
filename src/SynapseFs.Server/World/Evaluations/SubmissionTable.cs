using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Rows of submissions with their statuses, contributors and files.</summary>
internal sealed class SubmissionTable(Database database, ChangeLog changes)
{
    /// <summary>What the change log calls a submission; its id is that of the submission.</summary>
    public const string ChangeType = "SUBMISSION";

    private const long FirstId = 9700001;
    private const string Fixed =
        "id, evaluation_id, round_id, user_id, submitter_alias, team_id, entity_id, version_number, entity_bundle, name, created_on, "
        + "docker_repository_name, docker_digest";
    private const string Changing =
        "etag, modified_on, status, status_version, score, report, can_cancel, cancel_requested, legacy_annotations, annotations";
    private const string Columns = $"{Fixed}, {Changing}";

    public SubmissionRow? Get(long id) => database.First($"SELECT {Columns} FROM submissions WHERE id = @0", Map, id);

    /// <summary>In the order they were made; null for any status and any submitter.</summary>
    public IReadOnlyList<SubmissionRow> List(long evaluation, string? status, long? user, OffsetPage page) => database.Query(
        $"SELECT {Columns} FROM submissions WHERE evaluation_id = @0 AND (@1 IS NULL OR status = @1) AND (@2 IS NULL OR user_id = @2) "
        + "ORDER BY id LIMIT @3 OFFSET @4",
        Map, evaluation, status, user, page.Limit, page.Offset);

    public IReadOnlyList<long> IdsOf(long evaluation) =>
        database.Query("SELECT id FROM submissions WHERE evaluation_id = @0 ORDER BY id", row => row.GetInt64(0), evaluation);

    public long Count(long evaluation) => database.Number("SELECT count(*) FROM submissions WHERE evaluation_id = @0", evaluation) ?? 0;

    public long NewId() => database.Next("submission", FirstId);

    public void Insert(SubmissionRow row, IEnumerable<long> contributors, IEnumerable<long> files)
    {
        database.Execute(
            $"INSERT INTO submissions ({Fixed}, etag, modified_on, status, status_version) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16)",
            row.Id, row.EvaluationId, row.RoundId, row.UserId, row.SubmitterAlias, row.TeamId, row.EntityId, row.VersionNumber,
            row.EntityBundle, row.Name, row.CreatedOn, row.DockerRepositoryName, row.DockerDigest, row.Etag, row.ModifiedOn, row.Status,
            row.StatusVersion);
        foreach (var principal in contributors)
        {
            database.Execute(
                "INSERT INTO submission_contributors (submission_id, principal_id, created_on) VALUES (@0, @1, @2)",
                row.Id, principal, row.CreatedOn);
        }

        foreach (var file in files)
        {
            database.Execute("INSERT OR IGNORE INTO submission_files (submission_id, file_handle_id) VALUES (@0, @1)", row.Id, file);
        }

        changes.Add(ChangeType, row.Id, ChangeLog.Create);
    }

    /// <summary>Writes the status part of the row.</summary>
    public void UpdateStatus(SubmissionRow row)
    {
        database.Execute(
            "UPDATE submissions SET etag = @1, modified_on = @2, status = @3, status_version = @4, score = @5, report = @6, "
            + "can_cancel = @7, cancel_requested = @8, legacy_annotations = @9, annotations = @10 WHERE id = @0",
            row.Id, row.Etag, row.ModifiedOn, row.Status, row.StatusVersion, row.Score, row.Report, row.CanCancel, row.CancelRequested,
            row.LegacyAnnotations is null
                ? null
                : JsonSerializer.Serialize(row.LegacyAnnotations, EvaluationJson.Default.SubmissionStatusAnnotations),
            row.Annotations is null ? null : JsonSerializer.Serialize(row.Annotations, WorldJson.Default.Annotations));
        changes.Add(ChangeType, row.Id, ChangeLog.Update);
    }

    public void Delete(long id)
    {
        database.Execute("DELETE FROM submissions WHERE id = @0", id);
        changes.Add(ChangeType, id, ChangeLog.Delete);
    }

    public bool HasFile(long id, long fileHandle) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM submission_files WHERE submission_id = @0 AND file_handle_id = @1)", id, fileHandle) == 1;

    public IReadOnlyList<SubmissionContributor> Contributors(long id) => database.Query(
        "SELECT principal_id, created_on FROM submission_contributors WHERE submission_id = @0 ORDER BY principal_id",
        row => new SubmissionContributor
        {
            PrincipalId = EntityShape.Text(row.GetInt64(0)),
            CreatedOn = EntityShape.Date(row.GetInt64(1)),
        },
        id);

    private static SubmissionRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        EvaluationId = row.GetInt64(1),
        RoundId = row.IsDBNull(2) ? null : row.GetInt64(2),
        UserId = row.GetInt64(3),
        SubmitterAlias = Text(row, 4),
        TeamId = row.IsDBNull(5) ? null : row.GetInt64(5),
        EntityId = row.GetInt64(6),
        VersionNumber = row.GetInt64(7),
        EntityBundle = row.GetString(8),
        Name = row.GetString(9),
        CreatedOn = row.GetInt64(10),
        DockerRepositoryName = Text(row, 11),
        DockerDigest = Text(row, 12),
        Etag = row.GetString(13),
        ModifiedOn = row.GetInt64(14),
        Status = row.GetString(15),
        StatusVersion = row.GetInt64(16),
        Score = row.IsDBNull(17) ? null : row.GetDouble(17),
        Report = Text(row, 18),
        CanCancel = row.IsDBNull(19) ? null : row.GetBoolean(19),
        CancelRequested = row.IsDBNull(20) ? null : row.GetBoolean(20),
        LegacyAnnotations = row.IsDBNull(21)
            ? null
            : JsonSerializer.Deserialize(row.GetString(21), EvaluationJson.Default.SubmissionStatusAnnotations),
        Annotations = row.IsDBNull(22) ? null : JsonSerializer.Deserialize(row.GetString(22), WorldJson.Default.Annotations),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
