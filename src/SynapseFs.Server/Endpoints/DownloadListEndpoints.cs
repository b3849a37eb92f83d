using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Tables.Queries;
using SynapseFs.Server.World;
using SynapseFs.Server.World.DownloadLists;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Endpoints;

/// <summary>The download list, second API.</summary>
internal sealed class DownloadListEndpoints(SynapseWorld world, JobEndpoints jobs, TableQueries queries)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;
    private const Scopes Read = Write | Scopes.Download;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/download/list/add", Write, async call =>
        {
            var body = await call.ReadAsync(DownloadListJson.Default.AddBatchOfFilesToDownloadListRequest);
            var answer = world.Transact(() => world.DownloadList.Add(call.Caller, body.BatchToAdd));
            await call.JsonAsync(200, answer, DownloadListJson.Default.AddToDownloadListResponse);
        });
        repo.Post("/download/list/remove", Write, async call =>
        {
            var body = await call.ReadAsync(DownloadListJson.Default.RemoveBatchOfFilesFromDownloadListRequest);
            var answer = world.Transact(() => world.DownloadList.Remove(call.Caller, body.BatchToRemove));
            await call.JsonAsync(200, answer, DownloadListJson.Default.RemoveBatchOfFilesFromDownloadListResponse);
        });
        repo.Delete("/download/list", Write, call =>
        {
            world.Transact(() => world.DownloadList.Clear(call.Caller));
            return call.NothingAsync(200);
        });
        jobs.AddPair(repo, "/download/list/add", Write, AddJob(), (_, request) => request);
        jobs.AddPair(repo, "/download/list/add/stats", Scopes.View, StatsJob(), (_, request) => request);
        jobs.AddPair(repo, "/download/list/query", Scopes.View, QueryJob(), (_, request) => request);
        jobs.AddPair(repo, "/download/list/package", Read, PackageJob(), (_, request) => request);
        jobs.AddPair(repo, "/download/list/manifest", Read, ManifestJob(), (_, request) => request);
    }

    private JobKind<AddToDownloadListRequest, AddToDownloadListResponse> AddJob() => new(
        AddToDownloadListRequest.Type, DownloadListJson.Default.AddToDownloadListRequest,
        DownloadListJson.Default.AddToDownloadListResponse, (job, request) => Task.FromResult<Func<AddToDownloadListResponse>>(
            Found(job, request) is { } found
                ? () => world.DownloadList.AddFound(job.Caller, found)
                : () => world.DownloadList.AddFrom(job.Caller, request)));

    private JobKind<AddToDownloadListStatsRequest, AddToDownloadListStatsResponse> StatsJob() => new(
        AddToDownloadListStatsRequest.Type, DownloadListJson.Default.AddToDownloadListStatsRequest,
        DownloadListJson.Default.AddToDownloadListStatsResponse, (job, stats) =>
        {
            var request = stats.Request ?? throw ServiceException.BadRequest("request is required.");
            var found = Found(job, request);
            return Task.FromResult<Func<AddToDownloadListStatsResponse>>(
                () => world.DownloadListQueries.Measure(found ?? world.DownloadList.FilesOf(job.Caller, request)));
        });

    private JobKind<DownloadListQueryRequest, DownloadListQueryResponse> QueryJob() => new(
        DownloadListQueryRequest.Type, DownloadListJson.Default.DownloadListQueryRequest,
        DownloadListJson.Default.DownloadListQueryResponse, (job, request) => Task.FromResult<Func<DownloadListQueryResponse>>(
            () => world.DownloadListQueries.Query(job.Caller, request)));

    private JobKind<DownloadListPackageRequest, DownloadListFileResponse> PackageJob() => new(
        DownloadListPackageRequest.Type, DownloadListJson.Default.DownloadListPackageRequest,
        DownloadListJson.Default.DownloadListFileResponse,
        (job, request) => Task.FromResult(world.DownloadListFiles.Package(job, request)));

    private JobKind<DownloadListManifestRequest, DownloadListFileResponse> ManifestJob() => new(
        DownloadListManifestRequest.Type, DownloadListJson.Default.DownloadListManifestRequest,
        DownloadListJson.Default.DownloadListFileResponse,
        (job, request) => Task.FromResult(world.DownloadListFiles.Manifest(job, request)));

    /// <summary>What a query names; null: a parent is named instead.</summary>
    private IReadOnlyList<ListedFile>? Found(JobContext job, AddToDownloadListRequest request)
    {
        if (request.ParentId is not null && request.Query is not null)
        {
            throw ServiceException.BadRequest("Please provide request.parentId or request.query() but not both.");
        }

        if (request.ParentId is null && request.Query is null)
        {
            throw ServiceException.BadRequest("Must include either request.parentId or request.query().");
        }

        return request.Query is { } query ? queries.Files(job, query, request.UseVersionNumber ?? true) : null;
    }
}
