using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>Access control lists of one type of object that is no entity (team, evaluation, organization …).</summary>
internal sealed class ObjectAcls(Database database, TimeProvider time, string objectType)
{
    public AccessControlList? Get(long id)
    {
        var head = database.First(
            "SELECT etag, created_on FROM object_acls WHERE object_type = @0 AND object_id = @1",
            row => new AccessControlList { Etag = row.GetString(0), CreationDate = EntityShape.Date(row.GetInt64(1)) }, objectType, id);
        return head is null ? null : head with { Id = EntityShape.Text(id), ResourceAccess = Entries(id) };
    }

    public bool Grants(long id, Caller caller, string access) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM object_acl_entries WHERE object_type = @0 AND object_id = @1 AND access = @2 "
        + "AND principal_id IN (SELECT value FROM json_each(@3)))",
        objectType, id, access, caller.GroupsJson) == 1;

    /// <summary>Creates the list or replaces it; returns it with a new etag.</summary>
    public AccessControlList Put(long id, IReadOnlyList<ResourceAccess> entries)
    {
        database.Execute(
            "INSERT INTO object_acls (object_type, object_id, etag, created_on) VALUES (@0, @1, @2, @3) "
            + "ON CONFLICT (object_type, object_id) DO UPDATE SET etag = excluded.etag",
            objectType, id, Guid.NewGuid().ToString(), time.GetUtcNow().ToUnixTimeMilliseconds());
        database.Execute("DELETE FROM object_acl_entries WHERE object_type = @0 AND object_id = @1", objectType, id);
        var grants = entries.SelectMany(entry => (entry.AccessType ?? []).Select(access => (entry.PrincipalId, access)));
        foreach (var (principal, access) in grants)
        {
            database.Execute(
                "INSERT OR IGNORE INTO object_acl_entries (object_type, object_id, principal_id, access) VALUES (@0, @1, @2, @3)",
                objectType, id, principal, access);
        }

        return Get(id)!;
    }

    /// <summary>Replaces the list if it is still the one that the caller read.</summary>
    public AccessControlList Replace(long id, AccessControlList body)
    {
        var known = Get(id) ?? throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: ACL of {id}");
        return body.Etag == known.Etag
            ? Put(id, body.ResourceAccess ?? [])
            : throw ServiceException.Stale(
                $"Object: {id} was updated since you last fetched it, retrieve it again and re-apply the update");
    }

    public void Delete(long id) =>
        database.Execute("DELETE FROM object_acls WHERE object_type = @0 AND object_id = @1", objectType, id);

    private ResourceAccess[] Entries(long id) =>
    [
        .. database.Query(
                "SELECT principal_id, access FROM object_acl_entries WHERE object_type = @0 AND object_id = @1 "
                + "ORDER BY principal_id, access",
                row => (Principal: row.GetInt64(0), Access: row.GetString(1)), objectType, id)
            .GroupBy(entry => entry.Principal)
            .Select(group => new ResourceAccess { PrincipalId = group.Key, AccessType = [.. group.Select(entry => entry.Access)] }),
    ];
}
