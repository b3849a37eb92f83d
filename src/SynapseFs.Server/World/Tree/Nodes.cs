using Microsoft.Data.Sqlite;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Changes;

namespace SynapseFs.Server.World.Tree;

/// <summary>The tree: who stands where under which name.</summary>
internal sealed class Nodes
{
    public const string Columns =
        "n.id, n.parent_id, n.name, n.type, n.etag, n.alias, n.created_on, n.created_by, n.current_version, n.last_version, "
        + "n.modified_on, n.modified_by";

    private readonly Database _database;
    private readonly ChangeLog _changes;
    private readonly ProjectActivity _activity;
    private readonly long _firstId;

    public Nodes(Database database, ChangeLog changes, long firstId, long now)
    {
        _database = database;
        _changes = changes;
        _activity = new ProjectActivity(database);
        _firstId = firstId;
        EnsureContainer(EntityIds.Root, "root", now);
        EnsureContainer(EntityIds.Trash, "trash", now);
    }

    public NodeRow? Get(long id) => _database.First($"SELECT {Columns} FROM nodes n WHERE n.id = @0", Map, id);

    public NodeRow? Find(long parentId, string name) =>
        _database.First($"SELECT {Columns} FROM nodes n WHERE n.parent_id = @0 AND n.name = @1", Map, parentId, name);

    public NodeRow? FindAlias(string alias) =>
        _database.First($"SELECT {Columns} FROM nodes n WHERE n.alias = @0 COLLATE NOCASE", Map, alias);

    public long NewId() => _database.Next("entity", _firstId);

    public void Insert(NodeRow row)
    {
        _database.Execute(
            "INSERT INTO nodes (id, parent_id, name, type, etag, alias, created_on, created_by, current_version, last_version, "
            + "modified_on, modified_by) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11)",
            row.Id, row.ParentId, row.Name, row.Kind.ShortName, row.Etag, row.Alias, row.CreatedOn, row.CreatedBy, row.CurrentVersion,
            row.LastVersion, row.ModifiedOn, row.ModifiedBy);
        _changes.Add(ChangeLog.Entity, row.Id, ChangeLog.Create);
        _activity.Changed(row.Id, row.CreatedBy, row.CreatedOn);
    }

    public void Update(NodeRow row)
    {
        _database.Execute(
            "UPDATE nodes SET parent_id = @1, name = @2, etag = @3, alias = @4, current_version = @5, last_version = @6, "
            + "modified_on = @7, modified_by = @8 WHERE id = @0",
            row.Id, row.ParentId, row.Name, row.Etag, row.Alias, row.CurrentVersion, row.LastVersion, row.ModifiedOn, row.ModifiedBy);
        _changes.Add(ChangeLog.Entity, row.Id, ChangeLog.Update);
        _activity.Changed(row.Id, row.ModifiedBy, row.ModifiedOn);
    }

    /// <summary>Deletes the node with all its versions; the children must be gone.</summary>
    public void Delete(long id)
    {
        _database.Execute("DELETE FROM nodes WHERE id = @0", id);
        _changes.Add(ChangeLog.Entity, id, ChangeLog.Delete);
    }

    public long CountChildren(long id) => _database.Number("SELECT count(*) FROM nodes WHERE parent_id = @0", id) ?? 0;

    public bool HasChildren(long id) => _database.Number("SELECT EXISTS (SELECT 1 FROM nodes WHERE parent_id = @0)", id) == 1;

    /// <summary>Containers at and below the node, counted no further than the limit.</summary>
    public long CountContainers(long id, long limit) => _database.Number(
        "WITH RECURSIVE down (id) AS (SELECT @0 UNION ALL SELECT n.id FROM nodes n JOIN down ON n.parent_id = down.id "
        + "WHERE n.type IN ('folder', 'project') LIMIT @1) SELECT count(*) FROM down",
        id, limit) ?? 0;

    /// <summary>The node and all below it, parents before children.</summary>
    public IReadOnlyList<long> Subtree(long id) => _database.Query(
        "WITH RECURSIVE down (id) AS (SELECT @0 UNION ALL SELECT n.id FROM nodes n JOIN down ON n.parent_id = down.id) "
        + "SELECT id FROM down",
        row => row.GetInt64(0), id);

    /// <summary>From the node up to the root; empty when there is no such node.</summary>
    public Lineage Lineage(long id) => new(_database.Query(
        "WITH RECURSIVE up (id, parent_id, name, type, depth) AS ("
        + "SELECT id, parent_id, name, type, 0 FROM nodes WHERE id = @0 "
        + "UNION ALL SELECT n.id, n.parent_id, n.name, n.type, depth + 1 FROM nodes n JOIN up ON n.id = up.parent_id) "
        + "SELECT up.id, up.name, up.type, acls.node_id FROM up LEFT JOIN acls ON acls.node_id = up.id ORDER BY depth",
        row => new Ancestor(row.GetInt64(0), row.GetString(1), EntityKind.Of(row.GetString(2)), !row.IsDBNull(3)), id));

    public static NodeRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        ParentId = row.IsDBNull(1) ? null : row.GetInt64(1),
        Name = row.GetString(2),
        Kind = EntityKind.Of(row.GetString(3)),
        Etag = row.GetString(4),
        Alias = row.IsDBNull(5) ? null : row.GetString(5),
        CreatedOn = row.GetInt64(6),
        CreatedBy = row.GetInt64(7),
        CurrentVersion = row.GetInt64(8),
        LastVersion = row.GetInt64(9),
        ModifiedOn = row.GetInt64(10),
        ModifiedBy = row.GetInt64(11),
    };

    private void EnsureContainer(long id, string name, long now)
    {
        if (Get(id) is not null)
        {
            return;
        }

        Insert(new NodeRow
        {
            Id = id,
            Name = name,
            Kind = EntityKind.Folder,
            Etag = Guid.NewGuid().ToString(),
            CreatedOn = now,
            CreatedBy = 1,
            CurrentVersion = 1,
            LastVersion = 1,
            ModifiedOn = now,
            ModifiedBy = 1,
        });
        _database.Execute(
            "INSERT INTO versions (node_id, number, label, modified_on, modified_by) VALUES (@0, 1, '1', @1, 1)", id, now);
        _database.Execute("INSERT INTO acls (node_id, etag, created_on) VALUES (@0, @1, @2)", id, Guid.NewGuid().ToString(), now);
        if (id == EntityIds.Root)
        {
            _database.Execute(
                "INSERT INTO acl_entries (node_id, principal_id, access) VALUES (@0, @1, 'CREATE')", id, Principals.AuthenticatedUsers);
        }
    }
}
