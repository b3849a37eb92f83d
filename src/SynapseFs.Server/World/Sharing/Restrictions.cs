using Microsoft.Data.Sqlite;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>
/// What stands between callers and contents besides the ACLs: access requirements, and data that is open. Where no requirement
/// exists at all, which is the common case, one look into an empty table says so.
/// </summary>
internal sealed class Restrictions(Database database, TimeProvider time)
{
    public const string ObjectType = "ACCESS_REQUIREMENT";
    public const string ExemptionEligible = "EXEMPTION_ELIGIBLE";
    private const string Unmet =
        "There are unmet access requirements that must be met to read content in the requested container.";

    private const string SecondFactor = "You need to enable two factor authentication to access the requested entity.";

    /// <summary>Those of an entity and of all above it, in the order of their ids.</summary>
    public IReadOnlyList<Restriction> Of(Lineage lineage, Caller caller) => Of("ENTITY", Ids(lineage), caller);

    public IReadOnlyList<Restriction> OfTeam(long team, Caller caller) => Of("TEAM", $"[{team}]", caller);

    /// <summary>Why the contents may not be had whatever the ACL says; null: nothing is unmet.</summary>
    public string? RefusalOfDownload(Standing standing)
    {
        var restrictions = Of(standing.Lineage, standing.Caller);
        if (restrictions.Any(restriction => !restriction.IsMet(standing.IsDataContributor)))
        {
            return Unmet;
        }

        // Nobody has a second factor here.
        return restrictions.Any(restriction => restriction.NeedsSecondFactor) ? SecondFactor : null;
    }

    public bool IsOpenData(long nodeId) =>
        database.Number("SELECT EXISTS (SELECT 1 FROM data_types WHERE node_id = @0 AND is_open = 1)", nodeId) == 1;

    public void SetOpenData(long nodeId, bool isOpen, Caller caller) => database.Execute(
        "INSERT OR REPLACE INTO data_types (node_id, is_open, updated_by, updated_on) VALUES (@0, @1, @2, @3)",
        nodeId, isOpen, caller.Id, Now);

    /// <summary>Whether all requirements above the one place hold at the other too.</summary>
    public bool AreKept(Lineage from, Lineage to) => database.Number(
        "SELECT EXISTS (SELECT requirement_id FROM access_requirement_subjects WHERE subject_type = 'ENTITY' "
        + "AND subject_id IN (SELECT value FROM json_each(@0)) EXCEPT "
        + "SELECT requirement_id FROM access_requirement_subjects WHERE subject_type = 'ENTITY' "
        + "AND subject_id IN (SELECT value FROM json_each(@1)))",
        Ids(from), Ids(to)) == 0;

    public static string Ids(Lineage lineage) => $"[{string.Join(',', lineage.Steps.Select(step => step.Id))}]";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private IReadOnlyList<Restriction> Of(string type, string ids, Caller caller)
    {
        if (database.Number("SELECT EXISTS (SELECT 1 FROM access_requirement_subjects)") != 1)
        {
            return [];
        }

        return database.Query(
            "SELECT r.id, r.type, r.needs_second_factor, "
            + "EXISTS (SELECT 1 FROM access_approvals a WHERE a.requirement_id = r.id AND a.accessor_id = @2 AND a.is_revoked = 0 "
            + "AND (a.expired_on IS NULL OR a.expired_on > @3)), "
            + "EXISTS (SELECT 1 FROM object_acl_entries e WHERE e.object_type = 'ACCESS_REQUIREMENT' AND e.object_id = r.id "
            + "AND e.access = 'EXEMPTION_ELIGIBLE' AND e.principal_id IN (SELECT value FROM json_each(@4))) "
            + "FROM access_requirements r WHERE r.id IN (SELECT requirement_id FROM access_requirement_subjects "
            + "WHERE subject_type = @0 AND subject_id IN (SELECT value FROM json_each(@1))) ORDER BY r.id",
            Map, type, ids, caller.Id, Now, caller.GroupsJson);
    }

    private static Restriction Map(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4));
}
