using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>Start-and-poll calls: a pair of routes for each kind of job, and the form for all of them.</summary>
internal sealed class JobEndpoints(SynapseWorld world)
{
    /// <summary>How long a poll waits for a job that is nearly done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/asynchronous/job", Scopes.View | Scopes.Modify | Scopes.Download, StartAnyAsync);
        repo.Get("/asynchronous/job/{job}", Scopes.View, StatusAsync);
        repo.Get("/asynchronous/job/{job}/cancel", Scopes.View | Scopes.Modify, CancelAsync);
    }

    /// <summary>
    /// Adds <c>PATH/async/start</c> and <c>PATH/async/get/{token}</c>. <paramref name="complete"/> puts into the request what the path
    /// says: clients may leave it out of the body.
    /// </summary>
    public void AddPair<TRequest, TResponse>(
        ServiceRoutes routes, string path, Scopes scopes, JobKind<TRequest, TResponse> kind, Func<ServiceCall, TRequest, TRequest> complete,
        int doneStatus = 201)
        where TRequest : class
    {
        if (world.Jobs.Find(kind.ConcreteType) is null)
        {
            world.Jobs.Add(kind);
        }

        routes.Post(path + "/async/start", scopes, async call =>
        {
            var request = complete(call, await call.ReadAsync(kind.RequestType));
            var id = world.Jobs.Start(call.Caller, kind, JsonSerializer.Serialize(request, kind.RequestType));
            await call.JsonAsync(201, new AsyncJobId { Token = EntityShape.Text(id) }, AsyncJobJson.Default.AsyncJobId);
        });
        routes.Get(path + "/async/get/{token}", scopes, call => ResultAsync(call, doneStatus));
    }

    private async Task ResultAsync(ServiceCall call, int doneStatus)
    {
        var id = EntityIds.ParseNumber(call.RouteText("token"), "asyncToken");
        var job = world.Transact(() => world.Jobs.Require(call.Caller, id));
        if (job.State == JobRow.Processing)
        {
            await world.Jobs.WaitAsync(id, Patience, call.Aborted);
            job = world.Transact(() => world.Jobs.Require(call.Caller, id));
        }

        switch (job.State)
        {
            case JobRow.Complete:
                await call.BytesAsync(doneStatus, Replies.JsonType, System.Text.Encoding.UTF8.GetBytes(job.Response!));
                break;
            case JobRow.Failed:
                throw new ServiceException(job.Error ?? ServiceError.BadRequest, job.ErrorMessage ?? "") { Code = job.ErrorCode };
            default:
                await call.JsonAsync(202, StatusOf(job), AsyncJobJson.Default.AsynchronousJobStatus);
                break;
        }
    }

    private async Task StartAnyAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(EndpointJson.Default.JsonObject);
        var named = body["concreteType"] is JsonValue value && value.TryGetValue(out string? type) ? type : null;
        var kind = world.Jobs.Find(named) ?? throw ServiceException.BadRequest($"Unknown concreteType: {body["concreteType"]}");
        var id = world.Jobs.Start(call.Caller, kind, body.ToJsonString());
        var job = world.Transact(() => world.Jobs.Require(call.Caller, id));
        await call.JsonAsync(201, StatusOf(job), AsyncJobJson.Default.AsynchronousJobStatus);
    }

    private Task StatusAsync(ServiceCall call)
    {
        var job = world.Transact(() => world.Jobs.Require(call.Caller, JobId(call)));
        return call.JsonAsync(200, StatusOf(job), AsyncJobJson.Default.AsynchronousJobStatus);
    }

    private Task CancelAsync(ServiceCall call)
    {
        world.Transact(() => world.Jobs.Require(call.Caller, JobId(call)));
        return call.NothingAsync(204);
    }

    private static long JobId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("job"), "jobId");

    private static AsynchronousJobStatus StatusOf(JobRow job) => new()
    {
        JobState = job.State,
        JobCanceling = false,
        RequestBody = JsonElement.Parse(job.Request),
        ResponseBody = job.Response is { } response ? JsonElement.Parse(response) : null,
        Etag = job.Etag,
        JobId = EntityShape.Text(job.Id),
        StartedByUserId = job.UserId,
        StartedOn = EntityShape.Date(job.StartedOn),
        ChangedOn = EntityShape.Date(job.ChangedOn),
        ProgressMessage = job.ProgressMessage,
        ProgressCurrent = job.ProgressCurrent,
        ProgressTotal = job.ProgressTotal,
        Exception = job.Error?.ToString(),
        ErrorMessage = job.ErrorMessage,
        RuntimeMS = job.ChangedOn - job.StartedOn,
    };
}
