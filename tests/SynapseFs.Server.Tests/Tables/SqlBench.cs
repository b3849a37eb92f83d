using System.Globalization;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tests.Tables;

/// <summary>An index made by hand, and queries over it: rows come back as texts joined by commas, nulls as <c>~</c>.</summary>
internal sealed class SqlBench : ISqlSources, IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly Dictionary<TableKey, SqlSource> _sources = [];

    public SqlBench()
    {
        _connection.Open();
        SqlFunctions.Register(_connection);
    }

    public Caller Caller { get; } = new() { Id = 42, Groups = [42], Scopes = [], IsCertified = true };

    public void Add(SqlSource source, params object?[][] rows)
    {
        _sources.Add(source.Key, source);
        if (source.DefiningSql is not null)
        {
            return;
        }

        List<string> names = [IndexNames.RowId, IndexNames.RowVersion];
        names.AddRange(source.IsView ? [IndexNames.RowEtag] : []);
        names.AddRange(source.BenefactorColumns);
        names.AddRange(source.Columns.Select(IndexNames.Column));
        Run($"CREATE TABLE {IndexNames.Table(source.Key)} ({string.Join(", ", names)})");
        foreach (var row in rows)
        {
            Run($"INSERT INTO {IndexNames.Table(source.Key)} VALUES ({string.Join(", ", row.Select((_, i) => $"@p{i}"))})", row);
        }
    }

    public SqlSource Require(Caller caller, TableKey key) =>
        _sources.TryGetValue(key, out var source) ? source : throw ServiceException.NotFound($"Resource: '{key}' does not exist");

    public TranslatedQuery Translate(string sql, TranslationOptions? options = null) =>
        options?.IsBuild == true
            ? new Translator(this, Caller, new FixedTime()).Translate(SynapseSql.Parse(sql), options)
            : new Translator(this, Caller, new FixedTime()).Translate(
                SynapseSql.ParseQuery(sql), options ?? new TranslationOptions { IncludeRowIds = false });

    /// <summary>Rows in lines.</summary>
    public string Rows(string sql, TranslationOptions? options = null) => Rows(Translate(sql, options));

    public string Rows(TranslatedQuery query)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Made by the translator under test.
        command.CommandText = query.Sql;
#pragma warning restore CA2100
        for (var i = 0; i < query.Parameters.Count; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), query.Parameters[i] ?? DBNull.Value);
        }

        using var row = command.ExecuteReader();
        var lines = new List<string>();
        var lead = row.FieldCount - query.Columns.Count - query.BenefactorColumns.Count;
        while (row.Read())
        {
            lines.Add(string.Join(',', Enumerable.Range(0, row.FieldCount).Select(i =>
                CellValues.Text(
                    row.GetValue(i), i < lead || i - lead >= query.Columns.Count ? null : query.Columns[i - lead].ColumnType) ?? "~")));
        }

        return string.Join('\n', lines);
    }

    public long Count(string table)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // A table of the test.
        command.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => _connection.Dispose();

    private void Run(string sql, params object?[] values)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Names of the test's own tables.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"@p{i}", values[i] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
