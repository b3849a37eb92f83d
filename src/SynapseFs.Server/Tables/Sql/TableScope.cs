using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>The tables of one select and how it names their columns. Source: TableAndColumnMapper, TableInfo.</summary>
internal sealed class TableScope
{
    private TableScope(IReadOnlyList<ScopedTable> tables) => Tables = tables;

    public IReadOnlyList<ScopedTable> Tables { get; }
    public IEnumerable<ColumnModel> Columns => Tables.SelectMany(table => table.Source.Columns);

    public static TableScope Of(FromClause from, Func<TableKey, SqlSource> require)
    {
        var tables = new List<ScopedTable>();
        foreach (var reference in from.Tables)
        {
            var source = require(Key(reference.Name));
            if (source.Columns.Count == 0)
            {
                throw SqlErrors.Refused($"Schema for {source.Key} is empty.");
            }

            tables.Add(new ScopedTable(source, reference, $"A{tables.Count}"));
        }

        return new TableScope(tables);
    }

    /// <summary>The table that a name stands for; a word that is no id is refused.</summary>
    public static TableKey Key(string name)
    {
        var digits = name.StartsWith("syn", StringComparison.OrdinalIgnoreCase) ? name.AsSpan(3) : name;
        var dot = digits.IndexOf('.');
        var isId = long.TryParse(dot < 0 ? digits : digits[..dot], System.Globalization.NumberStyles.None, null, out var id);
        if (isId && dot < 0)
        {
            return new TableKey(id, null);
        }

        return isId && long.TryParse(digits[(dot + 1)..], System.Globalization.NumberStyles.None, null, out var version)
            ? new TableKey(id, version)
            : throw SqlErrors.Refused($"Invalid Entity ID: {name}");
    }

    /// <summary>All columns of all tables, as <c>*</c> selects them.</summary>
    public IReadOnlyList<SelectItem> SelectAll()
    {
        var items = new List<SelectItem>();
        foreach (var table in Tables)
        {
            var prefix = table.Reference.Alias ?? (Tables.Count > 1 ? table.Reference.Name : null);
            var qualifier = prefix is null ? null : new SqlName(prefix, '\0', 0, 0);
            items.AddRange(table.Source.Columns.Select(
                column => new SelectItem(new ColumnValue(qualifier, new SqlName(column.Name ?? "", '"', 0, 0)), null)));
        }

        return items;
    }

    /// <summary>
    /// The column that a reference means: names are compared as they are, row metadata without case. Null: no such column.
    /// </summary>
    public ResolvedColumn? Resolve(ColumnValue reference)
    {
        if (reference.Table is null && Tables.Count > 1)
        {
            throw SqlErrors.Refused($"Expected a table name or table alias for column: {SqlText.Of(reference)}");
        }

        foreach (var table in Tables)
        {
            if (reference.Table is { } qualifier && !table.IsCalled(qualifier.Text))
            {
                continue;
            }

            if (table.Find(reference.Name.Text) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>A table of a select under the alias that SQLite knows it by.</summary>
internal sealed record ScopedTable(SqlSource Source, TableRef Reference, string Alias)
{
    public string SqlName => IndexNames.Table(Source.Key);

    public bool IsCalled(string name) => name == Reference.Name || name == Reference.Alias || name == SqlName;

    public ResolvedColumn? Find(string name)
    {
        var column = Source.Columns.FirstOrDefault(column => column.Name == name || IndexNames.Column(column) == name);
        if (column is not null)
        {
            return new ResolvedColumn(this, $"{Alias}.{IndexNames.Column(column)}", name, column.ColumnType, column);
        }

        // A virtual table has no rows of its own.
        var known = Source.DefiningSql is null ? name.ToUpperInvariant() : "";
        return known switch
        {
            IndexNames.RowId or IndexNames.RowVersion => Metadata(known, ColumnTypes.Integer),
            IndexNames.RowEtag when Source.IsView => Metadata(known, ColumnTypes.String),
            _ when Source.BenefactorColumns.Contains(known) => Metadata(known, ColumnTypes.Integer),
            _ => null,
        };
    }

    private ResolvedColumn Metadata(string name, string type) => new(this, $"{Alias}.{name}", name, type, null);
}

/// <summary>
/// A column that was found; <see cref="Model"/> is null for row metadata. <see cref="Sql"/> is made of numbers and constants only.
/// </summary>
internal sealed record ResolvedColumn(ScopedTable Table, string Sql, string Name, string? Type, ColumnModel? Model);
