using System.Globalization;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Tree;

/// <summary>Lists of projects that are shared with a user by name or by team, not those that are merely public.</summary>
internal sealed class Projects(Database database)
{
    /// <summary>The subject's projects, as far as the caller may read them.</summary>
    public ProjectHeaderList List(Caller caller, Caller subject, ProjectQuery query, string? token)
    {
        var page = PageToken.Parse(token);
        long? isCreator = query.Filter switch { "CREATED" => 1, "PARTICIPATED" => 0, _ => null };
        var order = (query.ByName ? "n.name " : "last_activity ") + (query.IsDescending ? "DESC" : "ASC");
        var rows = database.Query(
            "SELECT n.id, n.name, coalesce(a.last_on, n.created_on) AS last_activity, n.modified_on, n.modified_by FROM nodes n "
            + "LEFT JOIN project_activity a ON a.project_id = n.id AND a.user_id = @1 "
            + "WHERE n.parent_id = @0 AND n.type = 'project' AND (@2 IS NULL OR (n.created_by = @1) = @2) "
            + "AND EXISTS (SELECT 1 FROM acl_entries e WHERE e.node_id = n.id AND e.access = 'READ' "
            + "AND e.principal_id IN (SELECT value FROM json_each(@3))) "
            + "AND (@4 IS NULL OR EXISTS (SELECT 1 FROM acl_entries e WHERE e.node_id = n.id AND e.access = 'READ' "
            + "AND e.principal_id IN (SELECT value FROM json_each(@4)))) "
            + $"ORDER BY {order}, n.id LIMIT @5 OFFSET @6",
            Map, EntityIds.Root, subject.Id, isCreator, $"[{string.Join(',', Principals(subject, query))}]",
            caller.Id == subject.Id ? null : caller.GroupsJson, page.Fetch, page.Offset);
        return new ProjectHeaderList { Results = page.Page(rows), NextPageToken = page.Next(rows.Count) };
    }

    private static IEnumerable<long> Principals(Caller subject, ProjectQuery query)
    {
        var named = subject.Groups.Where(group => !Rules.Principals.Groups.Contains(group));
        if (query.Filter != "TEAM")
        {
            return query.TeamId is null
                ? named
                : throw ServiceException.BadRequest("Cannot specify 'teamId' when filter is not TEAM.");
        }

        if (query.TeamId is not { } team)
        {
            return named.Where(group => group != subject.Id);
        }

        return subject.Groups.Contains(team)
            ? [team]
            : throw ServiceException.BadRequest(
                string.Create(CultureInfo.InvariantCulture, $"User {subject.Id} is not a member of team {team}"));
    }

    private static ProjectHeader Map(SqliteDataReader row) => new()
    {
        Id = EntityIds.Text(row.GetInt64(0)),
        Name = row.GetString(1),
        LastActivity = EntityShape.Date(row.GetInt64(2)),
        ModifiedOn = EntityShape.Date(row.GetInt64(3)),
        ModifiedBy = row.GetInt64(4),
    };
}
