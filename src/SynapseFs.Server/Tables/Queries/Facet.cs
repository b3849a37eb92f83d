using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>
/// A facet of a table: a column, or a value inside a JSON column, and what of it is selected. Source: FacetRequestColumnModel,
/// FacetUtils, FacetTransformerValueCounts, FacetTransformerRange.
/// </summary>
internal sealed record Facet
{
    public const string ValueAlias = "value";
    public const string CountAlias = "frequency";
    public const string MinAlias = "minimum";
    public const string MaxAlias = "maximum";
    private const int MostValues = 100;

    public required string Column { get; init; }
    public required string ColumnType { get; init; }
    public required string FacetType { get; init; }
    public string? JsonPath { get; init; }
    public FacetSortConfig? Sort { get; init; }
    public FacetRequest? Selected { get; init; }

    /// <summary>
    /// The facets of a schema, each with its selection: those selected, or all. A selection of anything else is refused.
    /// </summary>
    public static IReadOnlyList<Facet> Of(IReadOnlyList<ColumnModel> columns, IReadOnlyList<FacetRequest>? selected, bool all)
    {
        var requests = new Dictionary<(string?, string?), FacetRequest>();
        foreach (var request in selected ?? [])
        {
            if (!requests.TryAdd((request.ColumnName, request.JsonPath), request))
            {
                throw ServiceException.BadRequest("Request contains QueryRequestFacetColumn with a duplicate column name");
            }
        }

        var known = columns.SelectMany(Of).ToList();
        var stray = requests.Keys.Where(key => !known.Exists(facet => (facet.Column, facet.JsonPath) == key)).ToList();
        if (stray.Count > 0)
        {
            var names = string.Join(", ", known.Select(facet => facet.Name));
            throw new ServiceException(
                ServiceError.BadRequest,
                $"Requested facet column names must all be in the set: [{names}] Requested set of column names: "
                + $"[{string.Join(", ", stray.Select(key => key.Item1))}]")
            {
                Code = "INVALID_TABLE_QUERY_FACET_COLUMN_REQUEST",
            };
        }

        return
        [
            .. known.Select(facet => facet with { Selected = requests.GetValueOrDefault((facet.Column, facet.JsonPath)) })
                .Where(facet => all || facet.Selected is not null)
                .Select(facet => facet.Checked()),
        ];
    }

    /// <summary>The condition of the selection; null: nothing is selected.</summary>
    public SqlCondition? Condition => Selected is null ? null : FacetType == QueryNames.Range ? RangeCondition() : ValuesCondition();

    /// <summary>The query that tells the facet's values or bounds among the rows of another query.</summary>
    public QuerySpecification Query(QuerySpecification rows)
    {
        var value = Value;
        if (FacetType == QueryNames.Range)
        {
            return rows with
            {
                Quantifier = null,
                Columns = [Item(Aggregate("MIN", value), MinAlias), Item(Aggregate("MAX", value), MaxAlias)],
                GroupBy = [],
                OrderBy = [],
                Pagination = null,
            };
        }

        var key = ColumnTypes.IsList(ColumnType) ? new UnnestValue((ColumnValue)value) : value;
        var count = new AggregateValue("COUNT", null, [], [], null);
        var direction = Sort?.Direction;
        IReadOnlyList<SortKey> order = Sort?.Property == "VALUE"
            ? [new SortKey(key, direction ?? "ASC")]
            : [new SortKey(count, direction ?? "DESC"), new SortKey(key, "ASC")];
        return rows with
        {
            Quantifier = null,
            Columns = [Item(key, ValueAlias), Item(count, CountAlias)],
            GroupBy = [key],
            OrderBy = order,
            Pagination = new Pagination(MostValues, null),
        };
    }

    private string Name => JsonPath is null ? Column : $"{Column}.{JsonPath}";

    private SqlValue Value
    {
        get
        {
            var column = FilterConditions.Column(Column);
            if (JsonPath is null)
            {
                return column;
            }

            var extract = new FunctionValue("JSON_EXTRACT", [column, new TextValue(JsonPath)]);
            return ColumnType == ColumnTypes.String ? new FunctionValue("JSON_UNQUOTE", [extract]) : extract;
        }
    }

    private static IEnumerable<Facet> Of(ColumnModel column)
    {
        if (column.FacetType is { } type)
        {
            yield return new Facet
            {
                Column = column.Name ?? "",
                ColumnType = column.ColumnType ?? "",
                FacetType = type,
                Sort = column.FacetSortConfig,
            };
        }

        foreach (var sub in column.JsonSubColumns ?? [])
        {
            if (sub.FacetType is { } subType)
            {
                yield return new Facet
                {
                    Column = column.Name ?? "",
                    ColumnType = sub.ColumnType ?? "",
                    FacetType = subType,
                    JsonPath = sub.JsonPath,
                    Sort = sub.FacetSortConfig,
                };
            }
        }
    }

    private Facet Checked()
    {
        var wanted = FacetType == QueryNames.Range ? QueryNames.FacetRangeRequest : QueryNames.FacetValuesRequest;
        return Selected is null || Selected.ConcreteType == wanted
            ? this
            : throw ServiceException.BadRequest($"facetColumnRequest was not an instance of {wanted[(wanted.LastIndexOf('.') + 1)..]}");
    }

    private ParenthesizedCondition? RangeCondition()
    {
        var (min, max) = (Selected!.Min, Selected.Max);
        if (string.IsNullOrEmpty(min) && string.IsNullOrEmpty(max))
        {
            return null;
        }

        return new ParenthesizedCondition(
            min == QueryNames.NullValue || max == QueryNames.NullValue ? new IsCondition(Value, IsNot: false, "NULL")
            : string.IsNullOrEmpty(min) ? new Comparison(Value, "<=", Literal(max!))
            : string.IsNullOrEmpty(max) ? new Comparison(Value, ">=", Literal(min))
            : new BetweenCondition(Value, IsNot: false, Literal(min), Literal(max)));
    }

    private ParenthesizedCondition? ValuesCondition()
    {
        if (Selected!.FacetValues is not { Count: > 0 } values)
        {
            return null;
        }

        var conditions = new List<SqlCondition>();
        var literals = values.Where(value => value != QueryNames.NullValue).Select(Literal).ToList();
        if (literals.Count > 0)
        {
            conditions.Add(ColumnTypes.IsList(ColumnType)
                ? new HasCondition(Value, IsNot: false, IsLike: false, literals, null)
                : new InCondition(Value, IsNot: false, literals));
        }

        if (literals.Count < values.Count)
        {
            conditions.Add(new IsCondition(Value, IsNot: false, "NULL"));
        }

        return new ParenthesizedCondition(conditions.Count == 1 ? conditions[0] : new OrCondition(conditions));
    }

    // Inside JSON a number is not a text.
    private SqlValue Literal(string value)
    {
        if (JsonPath is null || ColumnType == ColumnTypes.String)
        {
            return new TextValue(value);
        }

        return bool.TryParse(value, out var flag) ? new NumberValue(flag ? "1" : "0", IsInteger: true)
            : SqlLiterals.Number(value) is not null ? new NumberValue(value, IsInteger: false)
            : new TextValue(value);
    }

    private static AggregateValue Aggregate(string name, SqlValue value) => new(name, null, [value], [], null);

    private static SelectItem Item(SqlValue value, string alias) => new(value, new SqlName(alias, '\0', 0, 0));
}
