using SynapseFs.Store.Sqlite;

namespace SynapseFs.Store;

/// <summary>
/// How much the journal of a cache directory holds that is to be sent, read without taking the directory: for people, when the mount that
/// had it was killed. Empty new files, which are never sent, do not count; what stays local by its name does.
/// </summary>
/// <param name="Bytes">Of new contents.</param>
public sealed record UnsentCount(int Changes, long Bytes)
{
    private const string Sql = """
        SELECT
            (SELECT count(*) FROM journal JOIN node USING (inode) WHERE detached = 0 AND NOT (is_new = 1 AND staged IS NULL AND local_length = 0))
                + (SELECT count(*) FROM deletion),
            (SELECT coalesce(sum(local_length), 0) FROM journal JOIN node USING (inode) WHERE detached = 0 AND staged IS NOT NULL)
        """;

    /// <summary>Null: it cannot be read, as it is damaged, of another version, or somebody else's.</summary>
    public static UnsentCount? Read(string cacheDirectory) => UntakenState.Read(
        cacheDirectory, Sql, reader => reader.Read() ? new UnsentCount(reader.GetInt32(0), reader.GetInt64(1)) : null);
}
