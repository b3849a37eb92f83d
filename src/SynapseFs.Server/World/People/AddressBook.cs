using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Teams;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.People;

/// <summary>Users, teams and fixed groups by number and by name: their names are unique among all of them.</summary>
internal sealed class AddressBook(Database database, Users users, TeamTable teams)
{
    public UserGroupHeader? Header(long id)
    {
        if (Principals.NameOf(id) is { } name)
        {
            return new UserGroupHeader { OwnerId = EntityShape.Text(id), UserName = name, IsIndividual = id == Principals.Anonymous };
        }

        return users.Get(id) is { } user
            ? Header(user)
            : teams.Get(id) is { } team
                ? new UserGroupHeader { OwnerId = EntityShape.Text(id), UserName = team.Name, IsIndividual = false }
                : null;
    }

    public static UserGroupHeader Header(UserRow user) => new()
    {
        OwnerId = EntityShape.Text(user.Id),
        UserName = user.Name,
        FirstName = user.FirstName,
        LastName = user.LastName,
        IsIndividual = true,
    };

    public bool Exists(long id) => Principals.NameOf(id) is not null || users.Get(id) is not null || teams.Get(id) is not null;

    /// <summary>Who bears the name; null: nobody.</summary>
    public long? Owner(string name)
    {
        var alias = UserAlias.Of(name);
        return database.Number("SELECT id FROM users WHERE alias = @0 UNION ALL SELECT id FROM teams WHERE alias = @0", alias)
            ?? Principals.Find(alias);
    }

    /// <summary>Refuses a name that another principal bears.</summary>
    public void RequireFree(string name, long? except, string reason)
    {
        if (Owner(name) is { } owner && owner != except)
        {
            throw ServiceException.Conflict(reason);
        }
    }

    /// <summary>Principals whose name (of a user also first and last name, in either order) begins so.</summary>
    public IReadOnlyList<UserGroupHeader> WithPrefix(string prefix, bool? areIndividuals, OffsetPage page) => database.Query(
        "SELECT id, name, first_name, last_name, is_individual FROM ("
        + "SELECT id, name, alias, first_name, last_name, 1 AS is_individual FROM users WHERE substr(alias, 1, length(@0)) = @0 "
        + "OR substr(first_last, 1, length(@0)) = @0 OR substr(last_first, 1, length(@0)) = @0 "
        + "UNION ALL SELECT id, name, alias, NULL, NULL, 0 FROM teams WHERE substr(alias, 1, length(@0)) = @0) "
        + "WHERE @1 IS NULL OR is_individual = @1 ORDER BY alias LIMIT @2 OFFSET @3",
        Map, UserAlias.Of(prefix), areIndividuals is { } flag ? flag ? 1L : 0L : null, page.Limit, page.Offset);

    private static UserGroupHeader Map(SqliteDataReader row) => new()
    {
        OwnerId = EntityShape.Text(row.GetInt64(0)),
        UserName = row.GetString(1),
        FirstName = row.IsDBNull(2) ? null : row.GetString(2),
        LastName = row.IsDBNull(3) ? null : row.GetString(3),
        IsIndividual = row.GetBoolean(4),
    };
}
