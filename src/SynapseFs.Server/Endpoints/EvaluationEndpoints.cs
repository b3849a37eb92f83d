using System.Text.Json.Serialization.Metadata;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Evaluations;

namespace SynapseFs.Server.Endpoints;

/// <summary>Queues, their rights and their rounds.</summary>
internal sealed class EvaluationEndpoints(SynapseWorld world, TimeProvider time)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/evaluation", Write, async call =>
        {
            var body = await call.ReadAsync(EvaluationJson.Default.Evaluation);
            await ReplyAsync(call, 201, () => world.Evaluations.Create(call.Caller, body), EvaluationJson.Default.Evaluation);
        });
        repo.Get("/evaluation/{evaluation}", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Evaluations.Get(call.Caller, Id(call)), EvaluationJson.Default.Evaluation));
        repo.Get("/evaluation/name/{name}", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Evaluations.Find(call.Caller, call.RouteText("name")), EvaluationJson.Default.Evaluation));
        repo.Put("/evaluation/{evaluation}", Write, async call =>
        {
            var body = await call.ReadAsync(EvaluationJson.Default.Evaluation);
            await ReplyAsync(
                call, 200, () => world.Evaluations.Update(call.Caller, call.RouteText("evaluation"), body),
                EvaluationJson.Default.Evaluation);
        });
        repo.Delete("/evaluation/{evaluation}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Evaluations.Delete(call.Caller, Id(call)));
            return call.NothingAsync(204);
        });
        repo.Get("/evaluation", Scopes.View, call => ListAsync(call, call.Query("accessType"), project: null));
        repo.Get("/evaluation/available", Scopes.View, call => ListAsync(call, EvaluationAccess.Submit, project: null));
        repo.Get("/entity/{id}/evaluation", Scopes.View, call => ListAsync(call, call.Query("accessType"), call.RouteText("id")));
        AddRights(repo);
        AddRounds(repo);
    }

    private void AddRights(ServiceRoutes repo)
    {
        repo.Get("/evaluation/{evaluation}/permissions", Scopes.View, call => ReplyAsync(
            call, 200, () => world.EvaluationAccess.Permissions(call.Caller, Id(call)), EvaluationJson.Default.UserEvaluationPermissions));
        repo.Get("/evaluation/{evaluation}/access", Scopes.View, call =>
        {
            var type = EvaluationAccess.CheckType(
                call.Query("accessType") ?? throw ServiceException.BadRequest("The parameter accessType is required"));
            return ReplyAsync(
                call, 200, () => new BooleanResult { Result = world.EvaluationAccess.May(call.Caller, Id(call), type) },
                ApiJson.Default.BooleanResult);
        });
        repo.Get("/evaluation/{evaluation}/acl", Scopes.View, call => ReplyAsync(
            call, 200, () => world.EvaluationAccess.Acl(call.Caller, Id(call)), ApiJson.Default.AccessControlList));
        repo.Put("/evaluation/acl", Write, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.AccessControlList);
            await ReplyAsync(call, 200, () => world.EvaluationAccess.Replace(call.Caller, body), ApiJson.Default.AccessControlList);
        });
        repo.Post("/evaluation/acl", Write, _ => throw new ServiceException(
            ServiceError.Gone,
            "You cannot create an ACL for an evaluation. ACLs for evaluations are created when the evaluation is created. "
            + "To update an existing ACL, see PUT /evaluation/acl"));
        repo.Delete("/evaluation/{evaluation}/acl", Write, _ => throw new ServiceException(
            ServiceError.Gone, "You cannot delete an ACL for an evaluation. To update an existing ACL, see PUT /evaluation/acl"));
    }

    private void AddRounds(ServiceRoutes repo)
    {
        repo.Post("/evaluation/{evaluation}/round", Write, async call =>
        {
            var body = await call.ReadAsync(EvaluationJson.Default.EvaluationRound);
            await ReplyAsync(
                call, 201, () => world.Rounds.Create(call.Caller, call.RouteText("evaluation"), body),
                EvaluationJson.Default.EvaluationRound);
        });
        repo.Get("/evaluation/{evaluation}/round/{round}", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Rounds.Get(call.Caller, Id(call), RoundId(call)), EvaluationJson.Default.EvaluationRound));
        repo.Put("/evaluation/{evaluation}/round/{round}", Write, async call =>
        {
            var body = await call.ReadAsync(EvaluationJson.Default.EvaluationRound);
            await ReplyAsync(
                call, 200, () => world.Rounds.Update(call.Caller, call.RouteText("evaluation"), call.RouteText("round"), body),
                EvaluationJson.Default.EvaluationRound);
        });
        repo.Delete("/evaluation/{evaluation}/round/{round}", Write, call =>
        {
            world.Transact(() => world.Rounds.Delete(call.Caller, Id(call), RoundId(call)));
            return call.NothingAsync(204);
        });
        repo.Post("/evaluation/{evaluation}/round/list", Scopes.View, async call =>
        {
            var request = await call.ReadAsync(EvaluationJson.Default.EvaluationRoundListRequest);
            var page = PageToken.Parse(request.NextPageToken);
            await ReplyAsync(
                call, 200, () => world.Rounds.List(call.Caller, Id(call), page), EvaluationJson.Default.EvaluationRoundListResponse);
        });
        repo.Post("/evaluation/{evaluation}/migratequota", Write, call =>
        {
            world.Transact(() => world.Evaluations.MigrateQuota(call.Caller, Id(call)));
            return call.NothingAsync(200);
        });
        repo.Get("/evaluation/{evaluation}/team/{team}/submissionEligibility", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Eligibility.OfTeam(call.Caller, Id(call), EntityIds.ParseNumber(call.RouteText("team"), "teamId")),
            EvaluationJson.Default.TeamSubmissionEligibility));
    }

    private Task ListAsync(ServiceCall call, string? access, string? project)
    {
        long? activeAt = call.Flag("activeOnly", otherwise: false) ? time.GetUtcNow().ToUnixTimeMilliseconds() : null;
        var filter = EvaluationFilter.Parse(access, project, call.Query("evaluationIds"), activeAt);
        var page = call.Page();
        return ReplyAsync(call, 200, () => world.Evaluations.List(call.Caller, filter, page), EvaluationJson.Default.EvaluationPage);
    }

    private Task ReplyAsync<T>(ServiceCall call, int status, Func<T> work, JsonTypeInfo<T> type) =>
        call.JsonAsync(status, world.Transact(work), type);

    private static long Id(ServiceCall call) => EvaluationAccess.ParseId(call.RouteText("evaluation"));

    private static long RoundId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("round"), "round id");
}
