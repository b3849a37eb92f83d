using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Tables.Queries;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Endpoints;

/// <summary>Queries of tables and views, as pages and as CSV. The table is the one that the SQL names, whatever the path says.</summary>
internal sealed class TableQueryEndpoints(SynapseWorld world, JobEndpoints jobs, TableQueries queries, TimeProvider time)
{
    private const string OldPath = "Please update your client to use the new API.";

    private readonly CsvDownloads _downloads = new(world, world.TableSources, world.TableIndex, time);

    public void Add(ServiceRoutes repo)
    {
        const Scopes Reading = Scopes.View | Scopes.Download;
        jobs.AddPair(repo, "/entity/{id}/table/query", Reading, Query(), (call, request) => request with { EntityId = Id(call) });
        jobs.AddPair(
            repo, "/entity/{id}/table/query/nextPage", Reading, NextPage(), (call, request) => request with { EntityId = Id(call) });
        jobs.AddPair(repo, "/entity/{id}/table/download/csv", Reading, Download(), (call, request) => request with { EntityId = Id(call) });
        repo.Post("/table/download/csv/async/start", Reading, _ => throw Gone());
        repo.Get("/table/download/csv/async/get/{token}", Reading, _ => throw Gone());
    }

    private JobKind<QueryBundleRequest, QueryResultBundle> Query() => new(
        QueryNames.Query,
        TableQueryJson.Default.QueryBundleRequest,
        TableQueryJson.Default.QueryResultBundle,
        (job, request) => Ready(queries.Bundle(job, request)),
        (_, request) => QueryPlan.Read(request.Query));

    private JobKind<QueryNextPageToken, QueryResult> NextPage() => new(
        QueryNames.NextPage,
        TableQueryJson.Default.QueryNextPageToken,
        TableQueryJson.Default.QueryResult,
        (job, request) => Ready(queries.NextPage(job, request)),
        (_, request) => QueryPlan.Read(PageTokens.Read(request.Token)));

    private JobKind<DownloadFromTableRequest, DownloadFromTableResult> Download() => new(
        QueryNames.Download,
        TableQueryJson.Default.DownloadFromTableRequest,
        TableQueryJson.Default.DownloadFromTableResult,
        (job, request) => Task.FromResult(_downloads.Run(job, request)),
        (_, request) => QueryPlan.Read(request));

    private static Task<Func<T>> Ready<T>(T answer) => Task.FromResult(() => answer);

    private static string Id(ServiceCall call) => call.RouteText("id");

    private static ServiceException Gone() => new(ServiceError.Gone, OldPath);
}
