using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>What a piece of SQLite's SQL yields; the type is a column type, null when it may be anything.</summary>
internal readonly record struct SqlPiece(string Sql, string? Type);

/// <summary>What every select of a statement shares.</summary>
internal sealed record StatementContext(
    SqlBindings Bindings, Func<string, ColumnModel> Column, long UserId, DateTimeOffset Now, TranslationOptions Options);

/// <summary>Translates one select. This part: its clauses.</summary>
internal sealed partial class SelectTranslator(QuerySpecification query, TableScope scope, StatementContext context)
{
    private readonly IReadOnlyList<SelectItem> _items = query.Columns ?? scope.SelectAll();
    private readonly Dictionary<string, string> _unnested = new(StringComparer.Ordinal);

    public IReadOnlyList<SelectItem> Items => _items;

    public bool IsAggregate { get; } = SqlWalk.IsAggregate(query);

    /// <summary>
    /// The select. <paramref name="leading"/> and <paramref name="trailing"/> are columns that stand before and after those asked for.
    /// </summary>
    public string Translate(IReadOnlyList<string> leading, IReadOnlyList<string> trailing, Pagination? pagination)
    {
        var items = _items.Select(item => Collated(Value(item.Value, ValueContext.Select)));
        var columns = string.Join(", ", leading.Concat(items).Concat(trailing));
        var where = Where();
        var groups = string.Join(", ", query.GroupBy.Select(value => Collated(Key(value, ValueContext.Group))));
        var order = string.Join(", ", query.OrderBy.Select(Order));
        // The tables last: what was translated before tells which lists are to be joined.
        return $"SELECT {(query.Quantifier == "DISTINCT" ? "DISTINCT " : "")}{columns} FROM {From()}"
            + (where.Length > 0 ? $" WHERE {where}" : "")
            + (groups.Length > 0 ? $" GROUP BY {groups}" : "")
            + (order.Length > 0 ? $" ORDER BY {order}" : "")
            + (pagination is null ? "" : $" LIMIT {context.Bindings.Add(pagination.Limit)}")
            + (pagination?.Offset is { } offset ? $" OFFSET {context.Bindings.Add(offset)}" : "");
    }

    private string From()
    {
        var text = $"{scope.Tables[0].SqlName} {scope.Tables[0].Alias}";
        for (var i = 0; i < query.From.Joins.Count; i++)
        {
            var join = query.From.Joins[i];
            var kind = join.Kind.StartsWith("LEFT", StringComparison.Ordinal) ? "LEFT"
                : join.Kind.StartsWith("RIGHT", StringComparison.Ordinal) ? "RIGHT"
                : "INNER";
            var table = scope.Tables[i + 1];
            text += $" {kind} JOIN {table.SqlName} {table.Alias} ON {(join.On is { } on ? Condition(on) : "TRUE")}";
        }

        foreach (var (column, alias) in _unnested)
        {
            text += $" LEFT JOIN json_each({column}) {alias} ON TRUE";
        }

        return text;
    }

    private string Where()
    {
        var parts = new List<string>();
        if (query.Where is { } where)
        {
            parts.Add(Condition(where));
        }

        foreach (var table in scope.Tables)
        {
            if (context.Options.IsBuild || table.Source.Benefactors is not { } benefactors)
            {
                continue;
            }

            // -1 stands for a row of a materialized view that has no counterpart in one of its sources.
            parts.AddRange(table.Source.BenefactorColumns.Select(
                column => $"{table.Alias}.{column} IN {context.Bindings.AddList(benefactors.Append(-1).Select(id => (object?)id))}"));
        }

        return string.Join(" AND ", parts);
    }

    private string Order(SortKey key) =>
        Collated(Key(key.Value, ValueContext.Order)) + (key.Direction == "DESC" ? " DESC" : "");

    // A whole number counts the columns asked for, as in MySQL.
    private SqlPiece Key(SqlValue value, ValueContext use)
    {
        if (value is not NumberValue { IsInteger: true } number)
        {
            return Value(value, use);
        }

        var place = long.Parse(number.Image, CultureInfo.InvariantCulture);
        return place >= 1 && place <= _items.Count
            ? Value(_items[(int)place - 1].Value, use)
            : throw SqlErrors.RefusedByDatabase(
                $"Unknown column '{number.Image}' in '{(use == ValueContext.Group ? "group statement" : "order clause")}'");
    }

    // What equals in MySQL must equal here: text without case and accents. JSON and lists are compared as they are.
    private static string Collated(SqlPiece piece) =>
        IsLooseText(piece.Type) ? $"{piece.Sql} COLLATE {SqlFunctions.Collation}" : piece.Sql;

    private static bool IsLooseText(string? type) =>
        type != ColumnTypes.Json && ColumnTypes.IsComparedAsText(type) && !ColumnTypes.IsList(type);
}

/// <summary>
/// Where a value stands: a DOUBLE's NaN is seen in selects and groups only, and names of selected columns in orders and groups.
/// </summary>
internal enum ValueContext
{
    Select,
    Group,
    Order,
    Inner,
    Condition,
}
