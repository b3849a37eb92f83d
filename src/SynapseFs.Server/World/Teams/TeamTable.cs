using System.Globalization;
using Microsoft.Data.Sqlite;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Teams;

/// <summary>All teams and who is in them.</summary>
internal sealed class TeamTable(Database database)
{
    private const string Columns =
        "t.id, t.name, t.description, t.icon, t.state, t.etag, t.created_on, t.created_by, t.modified_on, t.modified_by";

    private readonly ProjectActivity _activity = new(database);

    public TeamRow? Get(long id) => database.First($"SELECT {Columns} FROM teams t WHERE t.id = @0", Map, id);

    public TeamRow Require(long id) =>
        Get(id) ?? throw ServiceException.NotFound(string.Create(CultureInfo.InvariantCulture, $"Team id: '{id}' does not exist"));

    /// <summary>Teams whose name begins so, by number; an empty prefix fits all.</summary>
    public IReadOnlyList<TeamRow> WithPrefix(string prefix, OffsetPage page) => database.Query(
        $"SELECT {Columns} FROM teams t WHERE substr(t.alias, 1, length(@0)) = @0 ORDER BY t.id LIMIT @1 OFFSET @2",
        Map, UserAlias.Of(prefix), page.Limit, page.Offset);

    public IReadOnlyList<TeamRow> Of(long userId, OffsetPage page) => database.Query(
        $"SELECT {Columns} FROM teams t JOIN team_members m ON m.team_id = t.id WHERE m.user_id = @0 ORDER BY t.id LIMIT @1 OFFSET @2",
        Map, userId, page.Limit, page.Offset);

    /// <summary>Numbers of the user's teams.</summary>
    public IReadOnlyList<long> IdsOf(long userId) => database.Query(
        "SELECT team_id FROM team_members WHERE user_id = @0 ORDER BY team_id", row => row.GetInt64(0), userId);

    /// <summary>A page of them by name or by number, as the words ask that follow ORDER BY.</summary>
    public IReadOnlyList<long> IdsOf(long userId, bool byName, bool isDescending, PageToken page) => database.Query(
        "SELECT t.id FROM teams t JOIN team_members m ON m.team_id = t.id WHERE m.user_id = @0 "
        + $"ORDER BY {(byName ? "lower(t.name)" : "t.id")} {(isDescending ? "DESC" : "ASC")} LIMIT @1 OFFSET @2",
        row => row.GetInt64(0), userId, page.Fetch, page.Offset);

    public void Insert(TeamRow row) => database.Execute(
        "INSERT INTO teams (id, name, alias, description, icon, state, etag, created_on, created_by, modified_on, modified_by) "
        + "VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10)",
        row.Id, row.Name, UserAlias.Of(row.Name), row.Description, row.Icon, row.State, row.Etag, row.CreatedOn, row.CreatedBy,
        row.ModifiedOn, row.ModifiedBy);

    public void Update(TeamRow row) => database.Execute(
        "UPDATE teams SET name = @1, alias = @2, description = @3, icon = @4, state = @5, etag = @6, modified_on = @7, modified_by = @8 "
        + "WHERE id = @0",
        row.Id, row.Name, UserAlias.Of(row.Name), row.Description, row.Icon, row.State, row.Etag, row.ModifiedOn, row.ModifiedBy);

    public void Delete(long id) => database.Execute("DELETE FROM teams WHERE id = @0", id);

    /// <summary>Whether an ACL other than the team's own names it.</summary>
    public bool IsShared(long id) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM acl_entries WHERE principal_id = @0) OR EXISTS (SELECT 1 FROM object_acl_entries "
        + "WHERE principal_id = @0 AND NOT (object_type = 'TEAM' AND object_id = @0))", id) == 1;

    public bool UsesIcon(long fileHandleId) =>
        database.Number("SELECT EXISTS (SELECT 1 FROM teams WHERE icon = @0)", fileHandleId) == 1;

    public bool HasMember(long id, long userId) =>
        database.Number("SELECT EXISTS (SELECT 1 FROM team_members WHERE team_id = @0 AND user_id = @1)", id, userId) == 1;

    public void AddMember(long id, long userId, long now)
    {
        if (database.Execute("INSERT OR IGNORE INTO team_members (team_id, user_id) VALUES (@0, @1)", id, userId) > 0)
        {
            _activity.Joined(id, userId, now);
        }
    }

    public void RemoveMember(long id, long userId) =>
        database.Execute("DELETE FROM team_members WHERE team_id = @0 AND user_id = @1", id, userId);

    /// <summary>Members whose names begin with the prefix.</summary>
    public long CountMembers(long id, string prefix) => database.Number(
        "SELECT count(*) FROM team_members m JOIN users u ON u.id = m.user_id WHERE m.team_id = @0 "
        + "AND (substr(u.alias, 1, length(@1)) = @1 OR substr(u.first_last, 1, length(@1)) = @1 "
        + "OR substr(u.last_first, 1, length(@1)) = @1)", id, UserAlias.Of(prefix)) ?? 0;

    /// <summary>A page of members by number; <paramref name="areManagers"/> null: managers and others.</summary>
    public IReadOnlyList<long> Members(long id, string prefix, bool? areManagers, OffsetPage page) => database.Query(
        "SELECT m.user_id FROM team_members m JOIN users u ON u.id = m.user_id WHERE m.team_id = @0 "
        + "AND (substr(u.alias, 1, length(@1)) = @1 OR substr(u.first_last, 1, length(@1)) = @1 "
        + "OR substr(u.last_first, 1, length(@1)) = @1) AND (@2 IS NULL OR @2 = EXISTS (SELECT 1 FROM object_acl_entries a "
        + "WHERE a.object_type = 'TEAM' AND a.object_id = m.team_id AND a.principal_id = m.user_id "
        + "AND a.access = 'TEAM_MEMBERSHIP_UPDATE')) ORDER BY m.user_id LIMIT @3 OFFSET @4",
        row => row.GetInt64(0), id, UserAlias.Of(prefix), areManagers is { } flag ? flag ? 1L : 0L : null, page.Limit, page.Offset);

    /// <summary>All members, by number.</summary>
    public IReadOnlyList<long> MembersOf(long id) => Members(id, "", areManagers: null, new OffsetPage(0, int.MaxValue));

    private static TeamRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        Description = row.IsDBNull(2) ? null : row.GetString(2),
        Icon = row.IsDBNull(3) ? null : row.GetInt64(3),
        State = row.GetString(4),
        Etag = row.GetString(5),
        CreatedOn = row.GetInt64(6),
        CreatedBy = row.IsDBNull(7) ? null : row.GetInt64(7),
        ModifiedOn = row.GetInt64(8),
        ModifiedBy = row.IsDBNull(9) ? null : row.GetInt64(9),
    };
}
