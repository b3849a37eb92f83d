namespace SynapseFs.Store.Ahead;

/// <summary>All statements on ahead.db.</summary>
internal static class AheadSql
{
    public const string Count = "SELECT count(*) FROM ahead";

    public const string Any = "SELECT source FROM ahead LIMIT 1";

    public const string AnySource = "SELECT source FROM source LIMIT 1";

    public const string Mark = "SELECT mark FROM source WHERE name = $1";

    public const string Round = "SELECT round FROM source WHERE name = $1";

    public const string Source = "SELECT source FROM source WHERE name = $1";

    public const string AddSource = "INSERT OR IGNORE INTO source (name, round) VALUES ($1, 0)";

    public const string NextRound = "UPDATE source SET round = round + 1 WHERE name = $1";

    public const string SetMark = "UPDATE source SET mark = $2 WHERE name = $1";

    public const string DeleteSource = "DELETE FROM source WHERE name = $1";

    public const string DeleteAll = "DELETE FROM ahead WHERE source = (SELECT source FROM source WHERE name = $1)";

    public const string DeleteOlder = DeleteAll + " AND round < $2";

    public const string Put =
        "INSERT OR REPLACE INTO ahead (remote_id, source, round, revision, modified, created, permissions, rights, length, content_id, "
        + "content_md5, xattrs, depth) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    public const string Find =
        "SELECT remote_id, revision, modified, created, permissions, rights, length, content_id, content_md5, xattrs, depth "
        + "FROM ahead WHERE remote_id IN (SELECT value FROM json_each($1))";
}
