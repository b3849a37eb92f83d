using Microsoft.Data.Sqlite;
using SynapseFs.Store.Doubts;
using SynapseFs.Store.Sqlite;

namespace SynapseFs.Store;

/// <summary>
/// Contents in doubt, in state.db, so that neither an unmount nor a kill takes them from a person's sight. Synchronous, thread-safe; every
/// method is one transaction and may throw <see cref="StoreException"/>. After a power failure what was noted last may be missing.
/// </summary>
public sealed class DoubtTable
{
    private readonly SqliteFile _file;

    internal DoubtTable(SqliteFile file) => _file = file;

    /// <summary>Those of a directory that no mount works on, read without taking it; empty too when it cannot be read.</summary>
    public static IReadOnlyList<DoubtfulContent> ReadFrom(string cacheDirectory) =>
        UntakenState.Read(cacheDirectory, DoubtSql.All, ReadAll) ?? [];

    /// <summary>All of them, by path.</summary>
    public IReadOnlyList<DoubtfulContent> Read() => _file.Run(0, static (session, _) =>
    {
        using var reader = session.Query(DoubtSql.All);
        return ReadAll(reader);
    });

    /// <summary>Notes it, in place of what was noted under its key.</summary>
    public void Put(DoubtfulContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        _file.Transact(content, static (session, content) => session.Execute(DoubtSql.Put, DoubtColumns.ToValues(content)));
    }

    public void Delete(ContentKey key) =>
        _file.Transact(key, static (session, key) => session.Execute(DoubtSql.Delete, key.Id, key.Md5 ?? ""));

    private static List<DoubtfulContent> ReadAll(SqliteDataReader reader)
    {
        var all = new List<DoubtfulContent>();
        while (reader.Read())
            all.Add(DoubtColumns.Read(reader));
        return all;
    }
}
