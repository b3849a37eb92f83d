namespace SynapseFs.Store.Contents;

/// <summary>Every statement about cached content.</summary>
internal static class ContentSql
{
    private const string Columns = "id, md5, content, length, block_size, is_small, cached_bytes, verified, last_used";

    public const string ByKey = "SELECT " + Columns + " FROM content WHERE id = $1 AND md5 = $2";

    public const string OldestFirst = "SELECT " + Columns + " FROM content ORDER BY last_used, content";

    public const string Blocks = "SELECT block, checksum, present FROM block WHERE content = $1";

    public const string Add =
        "INSERT INTO content (id, md5, length, block_size, is_small, last_used) VALUES ($1, $2, $3, $4, $5, $6) RETURNING content";

    /// <summary>Takes numbers back in use that a rebuilt database has lost.</summary>
    public const string AddAgain =
        "INSERT INTO content (id, md5, length, block_size, is_small, last_used, content) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        + "ON CONFLICT DO NOTHING";

    public const string PutBlock =
        "INSERT INTO block (content, block, checksum, present) VALUES ($1, $2, $3, $4) "
        + "ON CONFLICT DO UPDATE SET checksum = excluded.checksum, present = excluded.present";

    public const string DeleteBlock = "DELETE FROM block WHERE content = $1 AND block = $2";

    public const string DeleteBlocks = "DELETE FROM block WHERE content = $1";

    public const string AddBytes = "UPDATE content SET cached_bytes = cached_bytes + $2, last_used = max(last_used, $3) WHERE content = $1";

    public const string SetBytes = "UPDATE content SET cached_bytes = $2, last_used = max(last_used, $3) WHERE content = $1";

    public const string SetUsed = "UPDATE content SET last_used = $2 WHERE content = $1";

    public const string SetVerified = "UPDATE content SET verified = 1 WHERE content = $1";

    public const string Reset = "UPDATE content SET cached_bytes = 0, verified = 0 WHERE content = $1";

    public const string PutSmall = "INSERT OR REPLACE INTO small (content, bytes) VALUES ($1, $2)";

    public const string DeleteSmall = "DELETE FROM small WHERE content = $1";

    public const string DeleteContent = "DELETE FROM content WHERE content = $1";

    public const string Total = "SELECT bytes FROM total";

    public const string LastNumber = "SELECT seq FROM sqlite_sequence WHERE name = 'content'";

    public const string ForgetLastNumber = "DELETE FROM sqlite_sequence WHERE name = 'content'";

    public const string SetLastNumber = "INSERT INTO sqlite_sequence (name, seq) VALUES ('content', $1)";

    /// <summary>One row of each table at most, by the leftmost path of its tree.</summary>
    public static readonly string[] Probes =
    [
        "SELECT count(*) FROM (SELECT content FROM content LIMIT 1)",
        "SELECT count(*) FROM (SELECT content FROM content ORDER BY last_used LIMIT 1)",
        "SELECT count(*) FROM (SELECT content FROM block LIMIT 1)",
        "SELECT count(*) FROM (SELECT content FROM small LIMIT 1)",
    ];
}
