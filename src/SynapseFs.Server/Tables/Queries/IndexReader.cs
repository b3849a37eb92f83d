using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>
/// Runs translated queries on one connection and in one read transaction, so that the parts of an answer are of the same moment. What
/// SQLite refuses becomes a 400 in which tables and columns have no inner names.
/// </summary>
internal sealed partial class IndexReader : IDisposable
{
    /// <summary>Longer than any honest query of an embedded server takes; joins of unnested lists can grow without bound.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private const int StepsBetweenLooks = 50_000;
    private const int Error = 1;
    private const int TooBig = 18;
    private const int Interrupted = 9;

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _moment;
    private readonly CancellationToken _cancellationToken;

    public IndexReader(TableIndex index, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _connection = index.OpenReader();
        var end = Environment.TickCount64 + (long)Longest.TotalMilliseconds;
        SQLitePCL.raw.sqlite3_progress_handler(
            _connection.Handle,
            StepsBetweenLooks,
            _ => cancellationToken.IsCancellationRequested || Environment.TickCount64 > end ? 1 : 0,
            null);
        _moment = _connection.BeginTransaction(deferred: true);
    }

    /// <summary>Every row, as it comes: the values that lead it as they are, then the cells as texts.</summary>
    public void Read(TranslatedQuery query, Action<SqliteDataReader, string?[]> row)
    {
        var lead = (query.HasRowIds ? 2 : 0) + (query.HasEtag ? 1 : 0);
        Run(query.Sql, query.Parameters, found =>
        {
            var cells = new string?[query.Columns.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = CellValues.Text(found.GetValue(lead + i), query.Columns[i].ColumnType);
            }

            row(found, cells);
        });
    }

    /// <summary>How many rows the query has.</summary>
    public long Count(TranslatedQuery query)
    {
        var count = 0L;
        Run($"SELECT count(*) FROM ({query.Sql})", query.Parameters, found => count = found.GetInt64(0));
        return count;
    }

    public void Dispose()
    {
        _moment.Dispose();
        _connection.Dispose();
    }

    private void Run(string sql, IReadOnlyList<object?> values, Action<SqliteDataReader> row)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = _moment;
#pragma warning disable CA2100 // The translator's text: names are made of numbers, and values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), values[i] ?? DBNull.Value));
        }

        try
        {
            using var found = command.ExecuteReader();
            while (found.Read())
            {
                row(found);
            }
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode is Error or TooBig)
        {
            var refusal = SqlErrors.RefusedByDatabase(Reason(refused.Message));
            throw IsMoved(refused.Message) ? new IndexMovedException(refusal) : refusal;
        }
        catch (SqliteException stopped) when (stopped.SqliteErrorCode == Interrupted && !_cancellationToken.IsCancellationRequested)
        {
            throw ServiceException.BadRequest("The query takes too much work.");
        }
    }

    private static bool IsMoved(string message) =>
        message.Contains("no such column", StringComparison.Ordinal) || message.Contains("no such table", StringComparison.Ordinal);

    // "SQLite Error 1: 'no such column: A0._C12_'." without its frame and inner names.
    private static string Reason(string message)
    {
        var start = message.IndexOf('\'', StringComparison.Ordinal);
        var end = message.LastIndexOf('\'');
        var inner = end > start ? message[(start + 1)..end] : message;
        return InnerTable().Replace(inner, "").Replace("syn_", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b[AU][0-9]+\.")]
    private static partial Regex InnerTable();
}
