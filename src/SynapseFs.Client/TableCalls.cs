using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>Tables and views: their columns, and what they hold. All throw <see cref="SynapseException"/>.</summary>
public sealed class TableCalls
{
    /// <summary>Part of a query's answer: its rows.</summary>
    public const long RowsPart = 0x1;

    /// <summary>Part of a query's answer: what has to be done before the files in it can be had.</summary>
    public const long ActionsPart = 0x200;

    private const string Model = "org.sagebionetworks.repo.model.table.";

    private readonly ApiTransport _transport;
    private readonly AsyncJobs _jobs;

    internal TableCalls(ApiTransport transport, AsyncJobs jobs)
    {
        _transport = transport;
        _jobs = jobs;
    }

    /// <summary>The columns of a table or view, in order.</summary>
    public async Task<IReadOnlyList<ColumnModel>> GetColumnsAsync(string id, RequestPriority priority, CancellationToken cancellationToken)
    {
        var call = ApiCall.Get(SynapseService.Repo, "/entity/{id}/column", EntityPaths.Of(id, null, "/column"), priority);
        return (await _transport.SendAsync(call, ColumnJson.Default.ColumnModelPage, cancellationToken)).Results;
    }

    /// <summary>The columns that stand for the own fields of entities in a view of these types.</summary>
    /// <param name="mask">Bits of the types; 1: files.</param>
    public async Task<IReadOnlyList<ColumnModel>> GetViewColumnsAsync(long mask, RequestPriority priority, CancellationToken cancellationToken)
    {
        const string Path = "/column/tableview/defaults";
        var query = string.Create(CultureInfo.InvariantCulture, $"?viewEntityType=entityview&viewTypeMask={mask}");
        var call = ApiCall.Get(SynapseService.Repo, Path, Path + query, priority);
        return (await _transport.SendAsync(call, ColumnJson.Default.ColumnModelList, cancellationToken)).List ?? [];
    }

    /// <summary>
    /// Columns for all annotations of what a view with this scope would show: one for each key and type, as wide as its longest value.
    /// Two calls for every 50.
    /// </summary>
    public async Task<IReadOnlyList<ColumnModel>> SuggestColumnsAsync(
        IReadOnlyList<string> scope, long mask, RequestPriority priority, CancellationToken cancellationToken)
    {
        var columns = new List<ColumnModel>();
        string? token = null;
        do
        {
            var request = new ViewColumnModelRequest
            {
                ConcreteType = Model + nameof(ViewColumnModelRequest),
                ViewScope = new ViewScope { Scope = scope, ViewEntityType = "entityview", ViewTypeMask = mask },
                IncludeDerivedAnnotations = false,
                NextPageToken = token,
            };
            var page = await _jobs.RunAsync(
                "/column/view/scope", "/column/view/scope", (request, ViewJson.Default.ViewColumnModelRequest),
                ViewJson.Default.ViewColumnModelResponse, priority, cancellationToken);
            columns.AddRange(page.Results);
            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
        return columns;
    }

    /// <summary>The same columns with their ids, made where they are not there yet.</summary>
    public async Task<IReadOnlyList<ColumnModel>> CreateColumnsAsync(
        IReadOnlyList<ColumnModel> columns, RequestPriority priority, CancellationToken cancellationToken)
    {
        const string Path = "/column/batch";
        var call = new ApiCall(HttpMethod.Post, SynapseService.Repo, Path, Path, priority).With(
            new ColumnModelList { ConcreteType = "org.sagebionetworks.repo.model.ListWrapper", List = columns },
            ColumnJson.Default.ColumnModelList);
        return (await _transport.SendAsync(call, ColumnJson.Default.ColumnModelList, cancellationToken)).List ?? [];
    }

    /// <summary>One page of a query's answer, those parts of it that the bits name.</summary>
    public Task<QueryResultBundle> QueryAsync(
        string id, TableQuery query, long parts, RequestPriority priority, CancellationToken cancellationToken)
    {
        var request = new QueryBundleRequest
        {
            ConcreteType = Model + nameof(QueryBundleRequest),
            EntityId = id,
            Query = query,
            PartMask = parts,
        };
        return _jobs.RunAsync(
            "/entity/{id}/table/query", EntityPaths.Of(id, null, "/table/query"), (request, TableQueryJson.Default.QueryBundleRequest),
            TableQueryJson.Default.QueryResultBundle, priority, cancellationToken);
    }

    /// <summary>All rows of a query as a CSV with a header, with the rows' ids and versions.</summary>
    /// <returns>The file handle of the CSV, which is asked for through the table.</returns>
    public async Task<FileHandleAssociation> WriteCsvAsync(
        string id, string sql, RequestPriority priority, CancellationToken cancellationToken)
    {
        var request = new DownloadFromTableRequest
        {
            ConcreteType = Model + nameof(DownloadFromTableRequest),
            EntityId = id,
            Sql = sql,
            WriteHeader = true,
            IncludeRowIdAndRowVersion = true,
        };
        var made = await _jobs.RunAsync(
            "/entity/{id}/table/download/csv", EntityPaths.Of(id, null, "/table/download/csv"),
            (request, TableQueryJson.Default.DownloadFromTableRequest), TableQueryJson.Default.DownloadFromTableResult, priority,
            cancellationToken);
        return new FileHandleAssociation
        {
            FileHandleId = made.ResultsFileHandleId,
            AssociateObjectId = id,
            AssociateObjectType = "TableEntity",
        };
    }
}
