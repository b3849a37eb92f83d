using SynapseFs.Api;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World;
using SynapseFs.Server.World.DownloadLists;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>Answers queries in pages. Runs outside of any transaction. Source: TableQueryManagerImpl.</summary>
internal sealed class TableQueries(SynapseWorld world, ISqlSources sources, TableIndex index, TimeProvider time)
{
    /// <summary>Bytes of a page in the widest rows that its columns allow.</summary>
    private const long MaxPageBytes = 2_097_152;

    /// <summary>Rows whose files are weighed.</summary>
    private const int MaxWeighed = 100;

    private readonly QueryFiles _files = new(world);

    public QueryResultBundle Bundle(JobContext job, QueryBundleRequest request)
    {
        var parts = request.PartMask is { } mask ? (QueryParts)mask : QueryParts.Usual;
        return Bundle(job, request.Query ?? new TableQuery(), parts, request.EntityId);
    }

    public QueryResult NextPage(JobContext job, QueryNextPageToken token) =>
        Bundle(job, PageTokens.Read(token.Token), QueryParts.Rows, token.EntityId).QueryResult!;

    /// <summary>The files that the rows of a query name, with their versions or without.</summary>
    public IReadOnlyList<ListedFile> Files(JobContext job, TableQuery query, bool withVersions) =>
        IndexMoves.Follow(() => FindFiles(job, query, withVersions));

    private List<ListedFile> FindFiles(JobContext job, TableQuery query, bool withVersions)
    {
        var plan = new QueryPlan(sources, job.Caller, time, query);
        if (plan.Source.Columns.Count == 0)
        {
            return [];
        }

        var files = new List<ListedFile>();
        using var reader = new IndexReader(index, job.CancellationToken);
        reader.Read(plan.FileRows(withVersions), (found, _) =>
        {
            if (found.GetValue(0) is long id)
            {
                files.Add(new ListedFile(id, withVersions && found.GetValue(1) is long version ? version : null));
            }
        });
        return files;
    }

    private QueryResultBundle Bundle(JobContext job, TableQuery query, QueryParts parts, string? entityId) =>
        IndexMoves.Follow(() => Ask(job, query, parts, entityId));

    private QueryResultBundle Ask(JobContext job, TableQuery query, QueryParts parts, string? entityId)
    {
        var plan = new QueryPlan(sources, job.Caller, time, query);
        if (plan.Source.Columns.Count == 0)
        {
            return Empty(plan, parts);
        }

        var rows = plan.Rows(MaxPageBytes, includeRowIds: true, query.IncludeEntityEtag ?? false);
        using var reader = new IndexReader(index, job.CancellationToken);
        var mark = index.Mark(plan.Source.Key);
        return new QueryResultBundle
        {
            ConcreteType = QueryNames.Bundle,
            QueryResult = parts.HasFlag(QueryParts.Rows) ? Page(plan, query, rows, reader, mark, entityId) : null,
            QueryCount = parts.HasFlag(QueryParts.Count) ? plan.Counted is { } counted ? plan.Cut(reader.Count(counted)) : 1 : null,
            SelectColumns = parts.HasFlag(QueryParts.SelectColumns) ? rows.Columns : null,
            MaxRowsPerPage = parts.HasFlag(QueryParts.MaxRowsPerPage) ? rows.MaxRowsPerPage : null,
            ColumnModels = parts.HasFlag(QueryParts.ColumnModels) ? plan.Source.Columns : null,
            Facets = parts.HasFlag(QueryParts.Facets) ? Facets(plan, reader) : null,
            SumFileSizes = parts.HasFlag(QueryParts.SumFileSizes) ? Sizes(plan, reader) : null,
            LastUpdatedOn = parts.HasFlag(QueryParts.LastUpdatedOn) ? LastUpdated(rows) : null,
            CombinedSql = parts.HasFlag(QueryParts.CombinedSql) ? SqlText.Of(plan.Combined) : null,
            ActionsRequired = parts.HasFlag(QueryParts.ActionsRequired) ? Actions(job, plan, reader) : null,
        };
    }

    private static QueryResult Page(
        QueryPlan plan, TableQuery query, TranslatedQuery translated, IndexReader reader, IndexMark? mark, string? entityId)
    {
        var rows = new List<QueriedRow>();
        reader.Read(translated, (found, cells) => rows.Add(new QueriedRow
        {
            RowId = translated.HasRowIds ? found.GetInt64(0) : null,
            VersionNumber = translated.HasRowIds ? found.GetInt64(1) : null,
            Etag = translated.HasEtag && !found.IsDBNull(2) ? found.GetString(2) : null,
            Values = cells,
        }));
        var isFull = rows.Count == translated.MaxRowsPerPage;
        return new QueryResult
        {
            ConcreteType = QueryNames.Result,
            QueryResults = new QueriedRows
            {
                ConcreteType = QueryNames.RowSet,
                TableId = plan.TableId,
                Etag = mark?.Token ?? IndexMark.NoToken,
                Headers = translated.Columns,
                Rows = rows,
            },
            NextPageToken = isFull ? PageTokens.Write(query, (query.Offset ?? 0) + rows.Count, entityId) : null,
        };
    }

    private static List<FacetResult> Facets(QueryPlan plan, IndexReader reader)
    {
        var results = new List<FacetResult>();
        foreach (var (facet, query) in plan.Facets())
        {
            var rows = new List<string?[]>();
            reader.Read(query, (_, cells) => rows.Add(cells));
            results.Add(facet.FacetType == QueryNames.Range ? Range(facet, rows[0]) : Values(facet, rows));
        }

        return results;
    }

    private static FacetResult Range(Facet facet, string?[] bounds) => new()
    {
        ConcreteType = QueryNames.FacetRange,
        ColumnName = facet.Column,
        JsonPath = facet.JsonPath,
        FacetType = facet.FacetType,
        ColumnMin = bounds[0],
        ColumnMax = bounds[1],
        SelectedMin = facet.Selected?.Min,
        SelectedMax = facet.Selected?.Max,
    };

    private static FacetResult Values(Facet facet, List<string?[]> rows)
    {
        var selected = facet.Selected?.FacetValues ?? [];
        return new FacetResult
        {
            ConcreteType = QueryNames.FacetValues,
            ColumnName = facet.Column,
            JsonPath = facet.JsonPath,
            FacetType = facet.FacetType,
            FacetValues =
            [
                .. rows.Select(row => new FacetValueCount
                {
                    Value = row[0] ?? QueryNames.NullValue,
                    Count = long.Parse(row[1]!, System.Globalization.CultureInfo.InvariantCulture),
                    IsSelected = selected.Contains(row[0] ?? QueryNames.NullValue),
                }),
            ],
        };
    }

    private SumFileSizes Sizes(QueryPlan plan, IndexReader reader)
    {
        var versions = new List<(long Id, long Version)>();
        if (plan.RowVersions(MaxWeighed + 1) is { } query)
        {
            reader.Read(query, (found, _) => versions.Add((found.GetInt64(0), found.GetInt64(1))));
        }

        return new SumFileSizes { SumFileSizesBytes = _files.Sum(versions), GreaterThan = versions.Count > MaxWeighed };
    }

    private IReadOnlyList<QueryActionCount> Actions(JobContext job, QueryPlan plan, IndexReader reader)
    {
        var ids = new List<long>();
        reader.Read(plan.Files(), (found, _) =>
        {
            if (found.GetValue(0) is long id)
            {
                ids.Add(id);
            }
        });
        return _files.Actions(job.Caller, ids);
    }

    private DateTimeOffset LastUpdated(TranslatedQuery query)
    {
        var changed = query.Sources.Select(index.Mark).Max(mark => mark?.ChangedOn);
        return changed is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : time.GetUtcNow();
    }

    private static QueryResultBundle Empty(QueryPlan plan, QueryParts parts) => new()
    {
        ConcreteType = QueryNames.Bundle,
        QueryResult = parts.HasFlag(QueryParts.Rows)
            ? new QueryResult
            {
                ConcreteType = QueryNames.Result,
                QueryResults = new QueriedRows { ConcreteType = QueryNames.RowSet, TableId = plan.TableId },
            }
            : null,
        QueryCount = parts.HasFlag(QueryParts.Count) ? 0 : null,
        SelectColumns = parts.HasFlag(QueryParts.SelectColumns) ? [] : null,
        ColumnModels = parts.HasFlag(QueryParts.ColumnModels) ? [] : null,
        MaxRowsPerPage = parts.HasFlag(QueryParts.MaxRowsPerPage) ? 1 : null,
        SumFileSizes = parts.HasFlag(QueryParts.SumFileSizes) ? new SumFileSizes() : null,
        ActionsRequired = parts.HasFlag(QueryParts.ActionsRequired) ? [] : null,
    };
}
