using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>A query with what a request adds to its SQL. Source: CombinedQuery, SqlElementUtils.</summary>
internal static class CombinedQuery
{
    /// <summary>
    /// Filters and selected facets in WHERE; sort items before the SQL's own order; the request's page within the SQL's own.
    /// </summary>
    public static QuerySpecification Of(QuerySpecification query, TableQuery asked, IReadOnlyList<ColumnModel> columns)
    {
        var unknown = (asked.SelectedFacets ?? []).FirstOrDefault(facet => !columns.Any(column => column.Name == facet.ColumnName));
        if (unknown is not null)
        {
            throw ServiceException.BadRequest(
                $"Facet selection: '{unknown.ColumnName}' does not match any column name of the schema");
        }

        var rows = Narrowed(query, asked.AdditionalFilters, Facet.Of(columns, asked.SelectedFacets, all: false));
        return rows with { OrderBy = Sorted(rows.OrderBy, asked.Sort), Pagination = Page(rows.Pagination, asked.Offset, asked.Limit) };
    }

    /// <summary>The same rows without order and page.</summary>
    public static QuerySpecification Narrowed(
        QuerySpecification query, IReadOnlyList<QueryFilter>? filters, IReadOnlyList<Facet> facets)
    {
        var where = Joined(query.Where, FilterConditions.Of(filters, isDefining: false));
        var conditions = facets.Select(facet => facet.Condition).OfType<SqlCondition>().ToList();
        if (conditions.Count > 0)
        {
            where = Joined(where, conditions.Count == 1 ? conditions[0] : new AndCondition(conditions));
        }

        return query with { Where = where, DefiningWhere = Joined(query.DefiningWhere, FilterConditions.Of(filters, isDefining: true)) };
    }

    /// <summary>A page within a page: offsets add, the smaller limit wins.</summary>
    public static Pagination? Page(Pagination? own, long? offset, long? limit)
    {
        if (offset is null && limit is null)
        {
            return own;
        }

        if (offset < 0 || limit < 0)
        {
            throw ServiceException.BadRequest("Query offset and limit must not be negative.");
        }

        var (skipped, most) = (offset ?? 0, limit ?? long.MaxValue);
        var left = Math.Max(0, (own?.Limit ?? long.MaxValue) - skipped);
        var start = own?.Offset ?? 0;
        return new Pagination(Math.Min(most, left), start > long.MaxValue - skipped ? long.MaxValue : start + skipped);
    }

    private static IReadOnlyList<SortKey> Sorted(IReadOnlyList<SortKey> own, IReadOnlyList<SortItem>? items)
    {
        if (items is null or [])
        {
            return own;
        }

        var keys = items.Select(Key).ToList();
        var named = items.Select(item => item?.Column).ToHashSet(StringComparer.Ordinal);
        keys.AddRange(own.Where(key => !named.Contains(SqlText.Of(key.Value))));
        return keys;
    }

    private static SortKey Key(SortItem? item)
    {
        if (string.IsNullOrEmpty(item?.Column))
        {
            throw ServiceException.BadRequest("SortItem.column is required.");
        }

        // An aggregate is an expression; anything else is the name of a column as it is, whatever it holds.
        SqlValue value = FilterConditions.Column(item.Column);
        try
        {
            var read = SynapseSql.ParseValue(item.Column);
            value = SqlWalk.Values(read).Any(part => part is AggregateValue) ? read : value;
        }
        catch (ServiceException)
        {
            // A name that is no expression.
        }

        return item.Direction is null or "ASC" or "DESC"
            ? new SortKey(value, item.Direction ?? "ASC")
            : throw ServiceException.BadRequest($"No enum constant org.sagebionetworks.repo.model.table.SortDirection.{item.Direction}");
    }

    private static SqlCondition? Joined(SqlCondition? left, SqlCondition? right) => right is null ? left : Translator.And(left, right);
}
