using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Requirements;

/// <summary>Who meets which requirement, by whose doing and until when.</summary>
internal sealed class ApprovalTable(Database database, TimeProvider time)
{
    private const long FirstId = 7600001;
    private const string Columns =
        "id, requirement_id, requirement_version, submitter_id, accessor_id, etag, created_on, created_by, modified_on, modified_by, "
        + "expired_on, is_revoked";

    public AccessApproval? Get(long id) => database.First($"SELECT {Columns} FROM access_approvals WHERE id = @0", Map, id);

    /// <summary>Approves, anew or again.</summary>
    public AccessApproval Put(long requirement, long version, long submitter, long accessor, long? expiredOn, long by)
    {
        var now = Now;
        database.Execute(
            $"INSERT INTO access_approvals ({Columns}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @6, @7, @8, 0) "
            + "ON CONFLICT (requirement_id, accessor_id, submitter_id) DO UPDATE SET requirement_version = excluded.requirement_version, "
            + "etag = excluded.etag, modified_on = excluded.modified_on, modified_by = excluded.modified_by, "
            + "expired_on = excluded.expired_on, is_revoked = 0",
            database.Next("access approval", FirstId), requirement, version, submitter, accessor, Stamp.NewEtag(), now, by, expiredOn);
        return database.First(
            $"SELECT {Columns} FROM access_approvals WHERE requirement_id = @0 AND accessor_id = @1 AND submitter_id = @2",
            Map, requirement, accessor, submitter)!;
    }

    /// <summary>Ends the approvals of one accessor, or of all whom one submitter brought in, or of both at once.</summary>
    public void Revoke(long requirement, long? accessor, long? submitter, long by) => database.Execute(
        "UPDATE access_approvals SET is_revoked = 1, etag = @3, modified_on = @4, modified_by = @5 WHERE requirement_id = @0 "
        + "AND (@1 IS NULL OR accessor_id = @1) AND (@2 IS NULL OR submitter_id = @2) AND is_revoked = 0",
        requirement, accessor, submitter, Stamp.NewEtag(), Now, by);

    /// <summary>Those that are in force for a user.</summary>
    public IReadOnlyList<AccessApproval> Active(long requirement, long accessor) => database.Query(
        $"SELECT {Columns} FROM access_approvals WHERE requirement_id = @0 AND accessor_id = @1 AND is_revoked = 0 "
        + "AND (expired_on IS NULL OR expired_on > @2) ORDER BY id",
        Map, requirement, accessor, Now);

    public bool HasSubmitted(long requirement, long submitter, long accessor) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM access_approvals WHERE requirement_id = @0 AND submitter_id = @1 AND accessor_id = @2 "
        + "AND is_revoked = 0)",
        requirement, submitter, accessor) == 1;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static AccessApproval Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        RequirementId = row.GetInt64(1),
        RequirementVersion = row.GetInt64(2),
        SubmitterId = EntityShape.Text(row.GetInt64(3)),
        AccessorId = EntityShape.Text(row.GetInt64(4)),
        Etag = row.GetString(5),
        CreatedOn = EntityShape.Date(row.GetInt64(6)),
        CreatedBy = EntityShape.Text(row.GetInt64(7)),
        ModifiedOn = EntityShape.Date(row.GetInt64(8)),
        ModifiedBy = EntityShape.Text(row.GetInt64(9)),
        ExpiredOn = row.IsDBNull(10) ? null : EntityShape.Date(row.GetInt64(10)),
        State = row.GetBoolean(11) ? "REVOKED" : "APPROVED",
    };
}
