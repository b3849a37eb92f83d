namespace SynapseFs.Store.Sqlite;

/// <summary>The file cannot be used as it is; the message says why, as the end of a sentence.</summary>
internal sealed class DamagedDatabaseException(string reason) : Exception(reason);
