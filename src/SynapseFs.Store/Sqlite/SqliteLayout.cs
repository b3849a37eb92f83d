namespace SynapseFs.Store.Sqlite;

/// <summary>What makes one database differ from the other.</summary>
/// <param name="Name">Names the file ("state" is state.db) and the schema steps (state-001.sql).</param>
/// <param name="Synchronous">SQLite's durability setting.</param>
/// <param name="CacheKibibytes">Page cache, in KiB.</param>
/// <param name="Probe">Reads a row or two of each table, cheaply: fails when the file is damaged where it hurts first.</param>
internal sealed record SqliteLayout(string Name, string Synchronous, int CacheKibibytes, Action<SqliteSession> Probe)
{
    /// <summary>Whether nobody would ever look into a damaged one: then only the last is kept, as it may be large.</summary>
    public bool IsExpendable { get; init; }
}
