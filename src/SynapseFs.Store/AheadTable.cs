using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Store.Ahead;
using SynapseFs.Store.Sqlite;

namespace SynapseFs.Store;

/// <summary>
/// Details that came in bulk before anybody asked, in ahead.db, which may be deleted at any time. Synchronous, thread-safe; every
/// method is one transaction and may throw <see cref="StoreException"/>.
/// </summary>
public sealed class AheadTable
{
    /// <summary>OFF: what a power failure breaks is asked for again.</summary>
    private const string Synchronous = "OFF";

    private readonly SqliteFile _file;

    internal AheadTable(SqliteFile file) => _file = file;

    internal static SqliteLayout Layout { get; } = new("ahead", Synchronous, 2 * 1024, Probe) { IsExpendable = true };

    /// <summary>How many files' details there are, for a person to read.</summary>
    public long Count => _file.Run(0, static (session, _) => session.Number(AheadSql.Count) ?? 0);

    /// <summary>How far a source has been read, in its own words; null: not at all.</summary>
    public string? MarkOf(string source) => _file.Run(source, static (session, source) =>
    {
        using var reader = session.Query(AheadSql.Mark, source);
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetString(0) : null;
    });

    /// <summary>A reading of the source begins; what it brings replaces what was there. Its number, for <see cref="Put"/>.</summary>
    public long Begin(string source) => _file.Transact(source, static (session, source) =>
    {
        session.Execute(AheadSql.AddSource, source);
        session.Execute(AheadSql.NextRound, source);
        return session.Number(AheadSql.Round, source) ?? 0;
    });

    public void Put(string source, long round, IReadOnlyList<AheadDetails> batch) =>
        _file.Transact((source, round, batch), static (session, of) =>
        {
            var number = session.Number(AheadSql.Source, of.source);
            foreach (var (remoteId, details) in of.batch)
                session.Execute(AheadSql.Put, AheadColumns.ToValues(remoteId, number, of.round, details));
            return of.batch.Count;
        });

    /// <summary>A reading has ended well, and the source is known up to this mark.</summary>
    /// <param name="isWhole">Whether it brought everything: what it did not bring is gone then.</param>
    public void End(string source, long round, string mark, bool isWhole) =>
        _file.Transact((source, round, mark, isWhole), static (session, of) =>
        {
            if (of.isWhole)
                session.Execute(AheadSql.DeleteOlder, of.source, of.round);
            return session.Execute(AheadSql.SetMark, of.source, of.mark);
        });

    /// <summary>Nothing that came from the source is believed any more.</summary>
    public void Forget(string source) => _file.Transact(source, static (session, source) =>
    {
        session.Execute(AheadSql.DeleteAll, source);
        return session.Execute(AheadSql.DeleteSource, source);
    });

    /// <summary>What is known of these, by remote id; each for one revision only.</summary>
    public IReadOnlyDictionary<string, NodeDetails> Find(IEnumerable<string> remoteIds)
    {
        var wanted = JsonSerializer.Serialize(remoteIds, AheadJson.Default.IEnumerableString);
        return _file.Run(wanted, static (session, wanted) =>
        {
            var found = new Dictionary<string, NodeDetails>(StringComparer.Ordinal);
            using var reader = session.Query(AheadSql.Find, wanted);
            while (reader.Read())
                found[reader.GetString(0)] = AheadColumns.Read(reader);
            return found;
        });
    }

    private static void Probe(SqliteSession session)
    {
        session.Number(AheadSql.Any);
        session.Number(AheadSql.AnySource);
    }
}
