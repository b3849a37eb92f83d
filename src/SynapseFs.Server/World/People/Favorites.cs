using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.People;

/// <summary>Entities that users have marked. Source: UserProfileManagerImpl, DBOFavoriteDAOImpl.</summary>
internal sealed class Favorites(Database database, Access access, Headers headers, TimeProvider time)
{
    public EntityHeader Add(Caller caller, long id)
    {
        var standing = access.Examine(caller, id);
        if (!standing.May(AccessTypes.Read))
        {
            throw ServiceException.Forbidden($"READ access denied to id: {EntityIds.Text(id)}. Favorite not added.");
        }

        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Cannot add favorite for anonymous user.");
        }

        database.Execute(
            "INSERT OR IGNORE INTO favorites (user_id, node_id, created_on) VALUES (@0, @1, @2)",
            caller.Id, id, time.GetUtcNow().ToUnixTimeMilliseconds());
        return headers.Of(standing);
    }

    public void Remove(Caller caller, long id)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Cannot remove favorite for anonymous user.");
        }

        database.Execute("DELETE FROM favorites WHERE user_id = @0 AND node_id = @1", caller.Id, id);
    }

    /// <summary>Those that are not in the trash, with the few fields that this list has.</summary>
    public EntityHeaderPage List(Caller caller, string? sort, string? direction, OffsetPage page)
    {
        var column = sort switch
        {
            null or "FAVORITED_ON" => "f.created_on",
            "NAME" => "n.name",
            _ => throw ServiceException.BadRequest($"Unknown sort: {sort}; expected FAVORITED_ON or NAME"),
        };
        var words = direction switch
        {
            null or "DESC" => "DESC",
            "ASC" => "ASC",
            _ => throw ServiceException.BadRequest($"Unknown sortDirection: {direction}; expected ASC or DESC"),
        };
        const string from = "FROM favorites f JOIN nodes n ON n.id = f.node_id "
            + "JOIN versions v ON v.node_id = n.id AND v.number = n.current_version WHERE f.user_id = @0 AND n.parent_id <> @1";
        return new EntityHeaderPage
        {
            Results = database.Query(
                $"SELECT n.id, n.name, n.type, v.number, v.label {from} ORDER BY {column} {words}, n.id {words} LIMIT @2 OFFSET @3",
                Map, caller.Id, EntityIds.Trash, page.Limit, page.Offset),
            TotalNumberOfResults = database.Number($"SELECT count(*) {from}", caller.Id, EntityIds.Trash),
        };
    }

    private static EntityHeader Map(SqliteDataReader row) => new()
    {
        Id = EntityIds.Text(row.GetInt64(0)),
        Name = row.GetString(1),
        Type = EntityKind.Of(row.GetString(2)).ConcreteType,
        VersionNumber = row.GetInt64(3),
        VersionLabel = row.GetString(4),
        IsLatestVersion = true,
    };
}
