using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Sharing;

/// <summary>Access control lists of those entities that own one.</summary>
internal sealed class Acls(Database database)
{
    public AccessControlList? Get(long nodeId)
    {
        var head = database.First("SELECT etag, created_on FROM acls WHERE node_id = @0", MapHead, nodeId);
        return head is null ? null : head with { Id = EntityIds.Text(nodeId), ResourceAccess = Entries(nodeId) };
    }

    /// <summary>What any of the principals may do there.</summary>
    public IReadOnlySet<string> Rights(long nodeId, Caller caller) => database.Query(
        "SELECT DISTINCT access FROM acl_entries WHERE node_id = @0 AND principal_id IN (SELECT value FROM json_each(@1))",
        row => row.GetString(0), nodeId, caller.GroupsJson).ToHashSet(StringComparer.Ordinal);

    /// <summary>Those of the nodes whose own list gives the caller this right.</summary>
    public IReadOnlyList<long> Granting(IEnumerable<long> nodeIds, Caller caller, string access) => database.Query(
        "SELECT DISTINCT e.node_id FROM json_each(@0) n JOIN acl_entries e ON e.node_id = n.value "
        + "WHERE e.access = @1 AND e.principal_id IN (SELECT value FROM json_each(@2))",
        row => row.GetInt64(0), $"[{string.Join(',', nodeIds)}]", access, caller.GroupsJson);

    public bool Grants(long nodeId, long principalId, string access) =>
        database.Number(
            "SELECT count(*) FROM acl_entries WHERE node_id = @0 AND principal_id = @1 AND access = @2", nodeId, principalId, access) > 0;

    /// <summary>Creates the list or replaces it; returns it with a new etag.</summary>
    public AccessControlList Put(long nodeId, IReadOnlyList<ResourceAccess> entries, long now)
    {
        database.Execute(
            "INSERT INTO acls (node_id, etag, created_on) VALUES (@0, @1, @2) ON CONFLICT (node_id) DO UPDATE SET etag = excluded.etag",
            nodeId, Guid.NewGuid().ToString(), now);
        database.Execute("DELETE FROM acl_entries WHERE node_id = @0", nodeId);
        foreach (var entry in entries)
        {
            foreach (var access in entry.AccessType ?? [])
            {
                database.Execute(
                    "INSERT OR IGNORE INTO acl_entries (node_id, principal_id, access) VALUES (@0, @1, @2)",
                    nodeId, entry.PrincipalId, access);
            }
        }

        return Get(nodeId) ?? throw new InvalidOperationException("An ACL was written and is not there.");
    }

    public void Delete(long nodeId) => database.Execute("DELETE FROM acls WHERE node_id = @0", nodeId);

    private ResourceAccess[] Entries(long nodeId) =>
    [
        .. database.Query(
                "SELECT principal_id, access FROM acl_entries WHERE node_id = @0 ORDER BY principal_id, access",
                row => (Principal: row.GetInt64(0), Access: row.GetString(1)), nodeId)
            .GroupBy(entry => entry.Principal)
            .Select(group => new ResourceAccess { PrincipalId = group.Key, AccessType = [.. group.Select(entry => entry.Access)] }),
    ];

    private static AccessControlList MapHead(SqliteDataReader row) => new()
    {
        Etag = row.GetString(0),
        CreationDate = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
    };
}
