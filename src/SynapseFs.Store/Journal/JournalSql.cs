namespace SynapseFs.Store.Journal;

/// <summary>Every statement about journal entries, deletions, unanswered calls and staged contents.</summary>
internal static class JournalSql
{
    private const string EntryColumns =
        "inode, sequence, since, is_new, remote_parent, remote_name, base_revision, base_content_id, base_content_md5, staged, "
        + "sent_content, link_to, xattrs, note";

    private const string DeletionColumns =
        "remote_id, kind, is_directory, sequence, since, parent, remote_parent, name, revision, content_id, content_md5";

    private const string StagedColumns = "number, length, written, base_id, base_md5, base_staged, base_length, base_limit, base_node";

    public const string Entries = "SELECT " + EntryColumns + " FROM journal ORDER BY sequence, inode";

    public const string Deletions = "SELECT " + DeletionColumns + " FROM deletion ORDER BY sequence, remote_id";

    public const string Staged = "SELECT " + StagedColumns + " FROM staged WHERE number = $1";

    /// <summary>Changes nothing when the node is not there.</summary>
    public const string PutEntry =
        "INSERT OR REPLACE INTO journal (" + EntryColumns + ") SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 "
        + "WHERE EXISTS (SELECT 1 FROM node WHERE inode = $1)";

    public const string PutDeletion =
        "INSERT OR REPLACE INTO deletion (" + DeletionColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    public const string PutStaged =
        "INSERT OR REPLACE INTO staged (" + StagedColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    public const string Unanswered = "SELECT remote_id, content, parent, name FROM unanswered";

    public const string PutUnanswered = "INSERT OR IGNORE INTO unanswered (remote_id, content, parent, name) VALUES ($1, $2, $3, $4)";

    public const string DeleteUnanswered = "DELETE FROM unanswered WHERE remote_id = $1";

    public const string DeleteEntry = "DELETE FROM journal WHERE inode = $1";

    public const string DeleteDeletion = "DELETE FROM deletion WHERE remote_id = $1";

    public const string DeleteStaged = "DELETE FROM staged WHERE number = $1";

    /// <summary>How many changes are not yet sent.</summary>
    public const string Unsent = "SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM deletion)";
}
