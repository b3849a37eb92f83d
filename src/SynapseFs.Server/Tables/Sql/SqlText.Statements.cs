using System.Globalization;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Statements and their clauses.</summary>
internal sealed partial class SqlText
{
    private void Write(QueryExpression query)
    {
        if (query.With.Count > 0)
        {
            Add("WITH ");
            Join(query.With, ", ", Write);
            Add(" ");
        }

        Write(query.Parts);
    }

    private void Write(WithElement element)
    {
        Write(element.Name);
        if (element.Columns.Count > 0)
        {
            Add(" (");
            Join(element.Columns, ", ", Write);
            Add(")");
        }

        Add(" AS (");
        Write(element.Parts);
        Add(")");
    }

    private void Write(IReadOnlyList<UnionPart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            Add(i == 0 ? "" : parts[i].Quantifier is { } quantifier ? $" UNION {quantifier} " : " UNION ");
            Add(parts[i].IsParenthesized ? "(" : "");
            Write(parts[i].Select);
            Add(parts[i].IsParenthesized ? ")" : "");
        }
    }

    private void Write(QuerySpecification query)
    {
        Add("SELECT ");
        Add(query.Quantifier is { } quantifier ? quantifier + " " : "");
        if (query.Columns is { } columns)
        {
            Join(columns, ", ", Write);
        }
        else
        {
            Add("*");
        }

        Add(" FROM ");
        Write(query.From.First);
        foreach (var join in query.From.Joins)
        {
            Add(join.Kind.Length > 0 ? $" {join.Kind} JOIN " : " JOIN ");
            Write(join.Table);
            Clause(" ON ", join.On);
        }

        Clause(" DEFINING_WHERE ", query.DefiningWhere);
        Clause(" WHERE ", query.Where);
        if (query.GroupBy.Count > 0)
        {
            Add(" GROUP BY ");
            Join(query.GroupBy, ", ", Write);
        }

        Write(query.OrderBy);
        if (query.Pagination is { } page)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $" LIMIT {page.Limit}"));
            Add(page.Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $" OFFSET {offset}") : "");
        }
    }

    private void Clause(string word, SqlCondition? condition)
    {
        if (condition is not null)
        {
            Add(word);
            Write(condition);
        }
    }

    private void Write(SelectItem item)
    {
        Write(item.Value);
        if (item.Alias is { } alias)
        {
            Add(" AS ");
            Write(alias);
        }
    }

    private void Write(TableRef table) =>
        Add(table.Alias is { } alias ? $"{table.Name} {(table.HasAs ? "AS " : "")}{alias}" : table.Name);

    private void Write(IReadOnlyList<SortKey> keys)
    {
        if (keys.Count > 0)
        {
            Add(" ORDER BY ");
            Join(keys, ", ", key =>
            {
                Write(key.Value);
                Add(key.Direction is { } direction ? " " + direction : "");
            });
        }
    }
}
