using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.Tree;

/// <summary>
/// When users last did something in projects, or got to know them by a share or a team: GET /projects is ordered by it. Source:
/// ProjectStatsManagerImpl.
/// </summary>
internal sealed class ProjectActivity(Database database)
{
    private const string Up =
        "WITH RECURSIVE up (id, parent_id, type) AS (SELECT id, parent_id, type FROM nodes WHERE id = @0 "
        + "UNION ALL SELECT n.id, n.parent_id, n.type FROM nodes n JOIN up ON n.id = up.parent_id) ";

    /// <summary>The user changed the entity.</summary>
    public void Changed(long nodeId, long userId, long now) => database.Execute(
        Up + "INSERT OR REPLACE INTO project_activity (user_id, project_id, last_on) SELECT @1, id, @2 FROM up WHERE type = 'project'",
        nodeId, userId, now);

    /// <summary>The entity was shared with these users and teams, who had no right in it before.</summary>
    public void Shared(long nodeId, IEnumerable<long> principals, long now) => database.Execute(
        Up + "INSERT OR REPLACE INTO project_activity (user_id, project_id, last_on) "
        + "SELECT u.id, up.id, @2 FROM up JOIN users u WHERE up.type = 'project' AND (u.id IN (SELECT value FROM json_each(@1)) "
        + "OR u.id IN (SELECT user_id FROM team_members WHERE team_id IN (SELECT value FROM json_each(@1))))",
        nodeId, $"[{string.Join(',', principals)}]", now);

    /// <summary>The user came into the team: its projects are now the user's.</summary>
    public void Joined(long teamId, long userId, long now) => database.Execute(
        "INSERT OR REPLACE INTO project_activity (user_id, project_id, last_on) SELECT @1, n.id, @2 FROM acl_entries e "
        + "JOIN nodes n ON n.id = e.node_id WHERE e.principal_id = @0 AND e.access = 'READ' AND n.type = 'project' AND n.parent_id = @3",
        teamId, userId, now, EntityIds.Root);
}
