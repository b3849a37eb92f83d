using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>
/// A request's query once its table is known: what stands in the SQL, what the request adds, and the translations of both.
/// </summary>
internal sealed class QueryPlan
{
    private readonly ISqlSources _sources;
    private readonly Caller _caller;
    private readonly TimeProvider _time;
    private readonly QuerySpecification _own;
    private readonly TableQuery _asked;

    /// <summary>Reads the SQL and requires the table that it names.</summary>
    public QueryPlan(ISqlSources sources, Caller caller, TimeProvider time, TableQuery asked)
    {
        (_sources, _caller, _time, _asked) = (sources, caller, time, asked);
        _own = Read(asked);
        Source = sources.Require(caller, TableScope.Key(_own.From.First.Name));
        Combined = Source.Columns.Count == 0 ? _own : CombinedQuery.Of(_own, asked, Source.Columns);
    }

    public SqlSource Source { get; }

    /// <summary>The table as the SQL names it: syn123 or syn123.4.</summary>
    public string TableId => TableScope.Key(_own.From.First.Name).ToString();

    /// <summary>The SQL with all that the request adds.</summary>
    public QuerySpecification Combined { get; }

    /// <summary>Reads the SQL of a request; refuses what can be refused without knowing any table.</summary>
    public static QuerySpecification Read(TableQuery? asked)
    {
        var sql = (asked ?? throw ServiceException.BadRequest("query is required.")).Sql;
        var query = SynapseSql.ParseQuery(sql ?? throw ServiceException.BadRequest("query.sql is required."));
        return query.From.Joins.Count == 0 ? query : throw ServiceException.BadRequest(Translator.NoJoin);
    }

    public TranslatedQuery Rows(long? maxBytes, bool includeRowIds, bool includeEtag) => Translate(
        Combined, new TranslationOptions { MaxBytes = maxBytes, IncludeRowIds = includeRowIds, IncludeEtag = includeEtag });

    /// <summary>The rows to count, of which the SQL's own page is cut afterwards; null: a lone aggregate, which is one row.</summary>
    public TranslatedQuery? Counted
    {
        get
        {
            var rows = Narrowed(Combined.Columns);
            return SqlWalk.IsAggregate(rows) && rows.GroupBy.Count == 0 && rows.Quantifier != "DISTINCT"
                ? null
                : Translate(rows, new TranslationOptions { IncludeRowIds = false });
        }
    }

    /// <summary>What the SQL's own LIMIT and OFFSET leave of a count.</summary>
    public long Cut(long count)
    {
        var page = _own.Pagination;
        var left = Math.Max(0, count - (page?.Offset ?? 0));
        return Math.Min(left, page?.Limit ?? left);
    }

    /// <summary>All facets of the table, with the query of each: it honours the other facets' selections, not its own.</summary>
    public IEnumerable<(Facet Facet, TranslatedQuery Query)> Facets()
    {
        var facets = Facet.Of(Source.Columns, _asked.SelectedFacets, all: true);
        foreach (var facet in facets)
        {
            var others = facets.Where(other => other != facet).ToList();
            var rows = CombinedQuery.Narrowed(_own, _asked.AdditionalFilters, others);
            yield return (facet, Translate(facet.Query(rows), new TranslationOptions { IncludeRowIds = false }));
        }
    }

    /// <summary>Ids and versions of the first rows, for what files weigh; null: the rows are no entities.</summary>
    public TranslatedQuery? RowVersions(long most)
    {
        if (Source.Kind is not ("entityview" or "dataset") || SqlWalk.IsAggregate(Combined))
        {
            return null;
        }

        var rows = Narrowed([Item(IndexNames.RowId), Item(IndexNames.RowVersion)]) with { Pagination = new Pagination(most, null) };
        return Translate(rows, new TranslationOptions { IncludeRowIds = false });
    }

    /// <summary>The distinct ids of the files that the rows name.</summary>
    public TranslatedQuery Files()
    {
        if (SqlWalk.IsAggregate(Combined))
        {
            throw ServiceException.BadRequest("Including the actions required is not supported for aggregate queries");
        }

        var rows = Narrowed([Item(FileColumn())]) with { Quantifier = "DISTINCT" };
        return Translate(rows, new TranslationOptions { IncludeRowIds = false });
    }

    /// <summary>The files that the rows name, each with its version where that is asked for: what a download list takes in.</summary>
    public TranslatedQuery FileRows(bool withVersions)
    {
        SelectItem[] columns = withVersions ? [Item(FileColumn()), Item(FileVersionColumn())] : [Item(FileColumn())];
        return Translate(Combined with { Columns = columns, OrderBy = [] }, new TranslationOptions { IncludeRowIds = false });
    }

    private string FileVersionColumn()
    {
        if (_asked.SelectFileVersionColumn is not { } id)
        {
            return Source.Kind is "entityview" or "dataset"
                ? IndexNames.RowVersion
                : throw ServiceException.BadRequest(
                    $"'{TableId}' is not a file view or a dataset, the query.selectFileVersionColumn must be specified");
        }

        return Named(id, ColumnTypes.Integer) ?? throw ServiceException.BadRequest(
            "The query.selectFileVersionColumn must be an INTEGER column that is part of the schema of the underlying table/view");
    }

    private string FileColumn()
    {
        if (_asked.SelectFileColumn is not { } id)
        {
            return Source.Kind is "entityview" or "dataset"
                ? IndexNames.RowId
                : throw ServiceException.BadRequest(
                    $"'{TableId}' is not a file view or a dataset, the query.selectFileColumn must be specified");
        }

        return Named(id, ColumnTypes.EntityId) ?? throw ServiceException.BadRequest(
            "The query.selectFileColumn must be an ENTITYID column that is part of the schema of the underlying table/view");
    }

    private string? Named(long id, string type)
    {
        var text = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Source.Columns.FirstOrDefault(column => column.Id == text && column.ColumnType == type)?.Name;
    }

    private QuerySpecification Narrowed(IReadOnlyList<SelectItem>? columns) =>
        Combined with { Columns = columns, OrderBy = [], Pagination = null };

    private TranslatedQuery Translate(QuerySpecification query, TranslationOptions options) =>
        new Translator(_sources, _caller, _time).Translate(query, options);

    private static SelectItem Item(string name) => new(FilterConditions.Column(name), null);
}
