namespace SynapseFs.Store.Nodes;

/// <summary>Every statement about the node table.</summary>
internal static class NodeSql
{
    /// <summary>In the order in which <see cref="NodeColumns"/> reads and writes them.</summary>
    private const string Columns =
        "inode, parent, name, kind, remote_id, revision, modified, created, listed_on, detached, "
        + "local_length, local_modified, local_permissions, local_xattrs, "
        + "described_revision, described_modified, described_created, permissions, length, content_id, content_md5, "
        + "link_target, denied, described_on, believed_until, xattrs, rights, depth";

    private const string Select = "SELECT " + Columns + " FROM node ";

    public const string ByInode = Select + "WHERE inode = $1";

    public const string ByName = Select + "WHERE parent = $1 AND name = $2 AND detached = 0 AND inode <> parent";

    private const string OfParent = "WHERE parent = $1 AND detached = 0 AND inode <> parent ";

    public const string ByParent = Select + OfParent + "AND name > $2 ORDER BY name LIMIT $3";

    public const string NamesByParent = "SELECT inode, name, kind FROM node " + OfParent + "ORDER BY name";

    public const string ByRemote = Select + "WHERE remote_id = $1 AND kind = $2";

    public const string ByMd5 = Select
        + "WHERE content_md5 = $1 AND length = $2 AND content_id IS NOT NULL AND detached = 0 AND remote_id <> '' "
        + "ORDER BY described_on DESC LIMIT 4";

    public const string ByRemoteId = Select + "WHERE remote_id = $1";

    public const string Count = "SELECT count(*) FROM node";

    public const string Insert =
        "INSERT INTO node (" + Columns + ") VALUES "
        + "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, "
        + "$23, $24, $25, $26, $27, $28)";

    public const string InsertIfMissing =
        "INSERT OR IGNORE INTO node (inode, parent, name, kind, remote_id, revision, modified, created) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    public const string Update =
        "UPDATE node SET parent = $2, name = $3, kind = $4, remote_id = $5, revision = $6, modified = $7, created = $8, "
        + "listed_on = $9, detached = $10, local_length = $11, local_modified = $12, local_permissions = $13, local_xattrs = $14, "
        + "described_revision = $15, described_modified = $16, described_created = $17, permissions = $18, length = $19, "
        + "content_id = $20, content_md5 = $21, link_target = $22, denied = $23, described_on = $24, believed_until = $25, "
        + "xattrs = $26, rights = $27, depth = $28 WHERE inode = $1";

    public const string SetDetails =
        "UPDATE node SET described_revision = $2, described_modified = $3, described_created = $4, permissions = $5, length = $6, "
        + "content_id = $7, content_md5 = $8, link_target = $9, denied = $10, described_on = $11, believed_until = $12, xattrs = $13, "
        + "rights = $14, depth = $15 WHERE inode = $1";

    public const string SetListed = "UPDATE node SET listed_on = $2 WHERE inode = $1";

    public const string Detach = "UPDATE node SET detached = inode WHERE inode = $1 AND inode <> parent";

    public const string Delete =
        "WITH RECURSIVE gone (inode) AS (VALUES ($1) UNION SELECT node.inode FROM node JOIN gone ON node.parent = gone.inode) "
        + "DELETE FROM node WHERE inode IN gone AND inode <> parent";

    /// <summary>What has a journal entry stays: its bytes may be nowhere else.</summary>
    public const string DeleteDetached =
        "WITH RECURSIVE gone (inode) AS (SELECT inode FROM node WHERE detached <> 0 UNION "
        + "SELECT node.inode FROM node JOIN gone ON node.parent = gone.inode) "
        + "DELETE FROM node WHERE inode IN gone AND inode <> parent AND inode NOT IN (SELECT inode FROM journal)";

    public const string DeleteAll = "DELETE FROM node";

    public const string LastInode = "SELECT seq FROM sqlite_sequence WHERE name = 'node'";

    public const string SetLastInode = "UPDATE sqlite_sequence SET seq = $1 WHERE name = 'node' AND seq < $1";
}
