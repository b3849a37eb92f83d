using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>Additional filters as conditions. Source: SQLTranslatorUtils.translateQueryFilters.</summary>
internal static class FilterConditions
{
    /// <summary>The filters of one kind, all of which must hold; null: there is none.</summary>
    public static SqlCondition? Of(IReadOnlyList<QueryFilter>? filters, bool isDefining)
    {
        var conditions = (filters ?? [])
            .Where(filter => filter.IsDefiningCondition.GetValueOrDefault() == isDefining)
            .Select(filter => (SqlCondition)new ParenthesizedCondition(Of(filter)))
            .ToList();
        return conditions.Count switch
        {
            0 => null,
            1 => conditions[0],
            _ => new AndCondition(conditions),
        };
    }

    public static ColumnValue Column(string name) => new(null, new SqlName(name, '"', 0, 0));

    private static SqlCondition Of(QueryFilter filter) => filter?.ConcreteType switch
    {
        QueryNames.SingleValueFilter => SingleValue(filter),
        QueryNames.FunctionFilter => Function(filter),
        QueryNames.TextFilter => string.IsNullOrWhiteSpace(filter.SearchExpression)
            ? throw Required("TextMatchesQueryFilter.searchExpression")
            : new TextMatches(filter.SearchExpression),
        _ => throw ServiceException.BadRequest("Unknown QueryFilter type"),
    };

    private static SqlCondition SingleValue(QueryFilter filter)
    {
        const string Name = "ColumnSingleValueQueryFilter";
        var column = Column(RequireColumn(filter, Name));
        var values = RequireValues(filter, Name);
        return filter.Operator switch
        {
            "IN" => new InCondition(column, IsNot: false, values),
            "LIKE" => Any(values.Select(value => new LikeCondition(column, IsNot: false, value, null))),
            "EQUAL" => Any(values.Select(value => new Comparison(column, "=", value))),
            null => throw Required($"{Name}.operator"),
            _ => throw ServiceException.BadRequest($"Unexpected operator: {filter.Operator}"),
        };
    }

    private static HasCondition Function(QueryFilter filter)
    {
        const string Name = "ColumnMultiValueFunctionQueryFilter";
        var column = Column(RequireColumn(filter, Name));
        var values = RequireValues(filter, Name);
        return filter.Function switch
        {
            "HAS" or "HAS_LIKE" => new HasCondition(column, IsNot: false, filter.Function == "HAS_LIKE", values, null),
            null => throw Required($"{Name}.function"),
            _ => throw ServiceException.BadRequest($"Unexpected function: {filter.Function}"),
        };
    }

    private static SqlCondition Any(IEnumerable<SqlCondition> conditions) =>
        conditions.ToList() is var all && all.Count == 1 ? all[0] : new OrCondition(all);

    private static string RequireColumn(QueryFilter filter, string name) =>
        string.IsNullOrEmpty(filter.ColumnName) ? throw Required($"{name}.columnName") : filter.ColumnName;

    private static IReadOnlyList<SqlValue> RequireValues(QueryFilter filter, string name) =>
        filter.Values is { Count: > 0 } values
            ? [.. values.Select(value => new TextValue(value))]
            : throw ServiceException.BadRequest($"{name}.values is required and must not be empty.");

    private static ServiceException Required(string what) => ServiceException.BadRequest($"{what} is required.");
}
