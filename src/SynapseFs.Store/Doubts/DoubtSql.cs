namespace SynapseFs.Store.Doubts;

/// <summary>Every statement about contents in doubt.</summary>
internal static class DoubtSql
{
    public const string All = "SELECT content_id, content_md5, length, finding, paths FROM doubt ORDER BY paths, content_id, content_md5";

    public const string Put = "INSERT OR REPLACE INTO doubt (content_id, content_md5, length, finding, paths) VALUES ($1, $2, $3, $4, $5)";

    public const string Delete = "DELETE FROM doubt WHERE content_id = $1 AND content_md5 = $2";
}
