using System.Text.Json.Serialization.Metadata;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Evaluations;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>Submissions and their statuses.</summary>
internal sealed class SubmissionEndpoints(SynapseWorld world, SignedUrls urls)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/evaluation/submission", Write, async call =>
        {
            var body = await call.ReadAsync(EvaluationJson.Default.Submission);
            await ReplyAsync(
                call, 201, () => world.Submitting.Create(call.Caller, body, call.Query("etag"), call.Query("submissionEligibilityHash")),
                EvaluationJson.Default.Submission);
        });
        repo.Get("/evaluation/submission/{submission}", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Submissions.Get(call.Caller, Id(call)), EvaluationJson.Default.Submission));
        repo.Delete("/evaluation/submission/{submission}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Submissions.Delete(call.Caller, Id(call)));
            return call.NothingAsync(204);
        });
        repo.Get("/evaluation/submission/{submission}/file/{handle}", Scopes.Download, FileAsync);
        repo.Post("/evaluation/submission/{submission}/contributor", Write, _ => throw new ServiceException(
            ServiceError.Gone, "This service is deprecated: /evaluation/submission/{subId}/contributor has no replacement for users."));
        AddStatuses(repo);
        AddLists(repo);
    }

    private void AddStatuses(ServiceRoutes repo)
    {
        repo.Get("/evaluation/submission/{submission}/status", Scopes.View, call => ReplyAsync(
            call, 200, () => world.SubmissionStatuses.Get(call.Caller, Id(call)), EvaluationJson.Default.SubmissionStatus));
        repo.Put("/evaluation/submission/{submission}/status", Write, async call =>
        {
            var body = await call.ReadAsync(EvaluationJson.Default.SubmissionStatus);
            await ReplyAsync(
                call, 200, () => world.SubmissionStatuses.Update(call.Caller, call.RouteText("submission"), body),
                EvaluationJson.Default.SubmissionStatus);
        });
        repo.Put("/evaluation/submission/{submission}/cancellation", Scopes.Modify, call =>
        {
            world.Transact(() => world.SubmissionStatuses.RequestCancellation(call.Caller, Id(call)));
            return call.NothingAsync(204);
        });
        repo.Put("/evaluation/{evaluation}/statusBatch", Write, async call =>
        {
            var batch = await call.ReadAsync(EvaluationJson.Default.SubmissionStatusBatch);
            await ReplyAsync(
                call, 200, () => world.SubmissionStatuses.UpdateBatch(call.Caller, Evaluation(call), batch),
                EvaluationJson.Default.BatchUploadResponse);
        });
    }

    private void AddLists(ServiceRoutes repo)
    {
        repo.Get("/evaluation/{evaluation}/submission/all", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Submissions.List(call.Caller, Evaluation(call), Filter(call), Page(call)),
            EvaluationJson.Default.SubmissionPage));
        repo.Get("/evaluation/{evaluation}/submission/status/all", Scopes.View, call => ReplyAsync(
            call, 200, () => world.SubmissionStatuses.List(call.Caller, Evaluation(call), Filter(call), Page(call)),
            EvaluationJson.Default.SubmissionStatusPage));
        repo.Get("/evaluation/{evaluation}/submission/bundle/all", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Submissions.Bundles(call.Caller, Evaluation(call), Filter(call), Page(call)),
            EvaluationJson.Default.SubmissionBundlePage));
        repo.Get("/evaluation/{evaluation}/submission", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Submissions.Own(call.Caller, Evaluation(call), Page(call)), EvaluationJson.Default.SubmissionPage));
        repo.Get("/evaluation/{evaluation}/submission/bundle", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Submissions.OwnBundles(call.Caller, Evaluation(call), Page(call)),
            EvaluationJson.Default.SubmissionBundlePage));
        // A bare number is the whole answer.
        repo.Get("/evaluation/{evaluation}/submission/count", Scopes.View, call => call.BytesAsync(
            200, Replies.JsonType,
            System.Text.Encoding.ASCII.GetBytes(
                EntityShape.Text(world.Transact(() => world.Submissions.Count(call.Caller, Evaluation(call)))))));
    }

    private Task FileAsync(ServiceCall call)
    {
        var id = EntityIds.ParseNumber(call.RouteText("handle"), "fileHandleId");
        var handle = world.Transact(() => world.Submissions.File(call.Caller, Id(call), id));
        var url = urls.Download(call, handle)
            ?? throw ServiceException.BadRequest($"The bytes of the file handle {handle.Id} cannot be reached by a URL");
        if (!call.Flag("redirect", otherwise: true))
        {
            return call.TextAsync(200, url);
        }

        call.Http.Response.Headers.Location = url;
        return call.NothingAsync(307);
    }

    private Task ReplyAsync<T>(ServiceCall call, int status, Func<T> work, JsonTypeInfo<T> type) =>
        call.JsonAsync(status, world.Transact(work), type);

    private static long Id(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("submission"), "Submission ID");

    private static long Evaluation(ServiceCall call) => EvaluationAccess.ParseId(call.RouteText("evaluation"));

    private static string? Filter(ServiceCall call) => SubmissionRules.ParseFilter(call.Query("status"));

    private static OffsetPage Page(ServiceCall call) => Submissions.Page(call.Query("offset"), call.Query("limit"));
}
