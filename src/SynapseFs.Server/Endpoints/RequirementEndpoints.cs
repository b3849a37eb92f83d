using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Access requirements and approvals. What grants access asks for the scope authorize, which no personal token has.</summary>
internal sealed class RequirementEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;
    private const Scopes Grant = Write | Scopes.Authorize;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/accessRequirement", Write, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.AccessRequirement);
            await ReplyAsync(call, 201, () => world.Requirements.Create(call.Caller, body));
        });
        repo.Get("/accessRequirement/{requirement}", Scopes.View, call => ReplyAsync(call, 200, () => world.Requirements.Get(Id(call))));
        repo.Put("/accessRequirement/{requirement}", Write, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.AccessRequirement);
            await ReplyAsync(call, 200, () => world.Requirements.Update(call.Caller, Id(call), body));
        });
        repo.Delete("/accessRequirement/{requirement}", Scopes.Modify | Scopes.Authorize, call => DoAsync(
            call, 200, () => world.Requirements.Delete(call.Caller, Id(call))));
        repo.Put("/accessRequirement/conversion", Write, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.AccessRequirementConversionRequest);
            await ReplyAsync(call, 200, () => world.Requirements.Convert(call.Caller, body));
        });
        repo.Get("/accessRequirement/{requirement}/subjects", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Requirements.Subjects(Id(call), call.Query("nextPageToken"))),
            RequirementJson.Default.RestrictableObjectDescriptorPage));
        repo.Get("/accessRequirement/{requirement}/status", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.AccessSubmissions.Status(call.Caller, Id(call))),
            RequirementJson.Default.AccessRequirementStatus));
        repo.Post("/entity/{id}/lockAccessRequirement", Write, call => ReplyAsync(
            call, 201, () => world.Requirements.Lock(call.Caller, call.EntityId)));
        repo.Get("/entity/{id}/accessRequirement", Scopes.View, call => PageAsync(
            call, page => world.Requirements.OfEntity(call.Caller, call.EntityId, page)));
        repo.Get("/team/{id}/accessRequirement", Scopes.View, call => PageAsync(
            call, page => world.Requirements.OfTeam(EntityIds.ParseNumber(call.RouteText("id"), "team id"), page)));
        repo.Put("/entity/{id}/datatype", Write, call => call.JsonAsync(
            200, world.Transact(() => world.DataTypes.Set(call.Caller, call.EntityId, call.Query("type"))),
            RequirementJson.Default.DataTypeResponse));
        AddAcl(repo);
        AddApprovals(repo);
    }

    private void AddAcl(ServiceRoutes repo)
    {
        const string Pattern = "/accessRequirement/{requirement}/acl";
        repo.Get(Pattern, Scopes.View, call => AclAsync(call, 200, () => world.Requirements.Acl(Id(call))));
        repo.Post(Pattern, Grant, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.AccessControlList);
            await AclAsync(call, 201, () => world.Requirements.CreateAcl(call.Caller, Id(call), body));
        });
        repo.Put(Pattern, Grant, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.AccessControlList);
            await AclAsync(call, 200, () => world.Requirements.UpdateAcl(call.Caller, Id(call), body));
        });
        repo.Delete(Pattern, Grant, call => DoAsync(call, 200, () => world.Requirements.DeleteAcl(call.Caller, Id(call))));
    }

    private void AddApprovals(ServiceRoutes repo)
    {
        repo.Post("/accessApproval", Grant, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.AccessApproval);
            var approval = world.Transact(() => world.Approvals.Create(call.Caller, body));
            await call.JsonAsync(201, approval, RequirementJson.Default.AccessApproval);
        });
        repo.Get("/accessApproval/{approval}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Approvals.Get(EntityIds.ParseNumber(call.RouteText("approval"), "approvalId"))),
            RequirementJson.Default.AccessApproval));
        repo.Delete("/accessApproval", Scopes.Modify | Scopes.Authorize, call => DoAsync(
            call, 200, () => world.Approvals.Revoke(call.Caller, Number(call, "requirementId"), Number(call, "accessorId"))));
        repo.Put("/accessApproval/group/revoke", Scopes.Modify | Scopes.Authorize, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.AccessorGroupRevokeRequest);
            await DoAsync(call, 204, () => world.Approvals.RevokeGroup(call.Caller, body));
        });
        repo.Post("/accessApproval/information", Scopes.View, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.AccessApprovalInfoRequest);
            var answer = world.Transact(() => world.Approvals.Info(body));
            await call.JsonAsync(200, answer, RequirementJson.Default.AccessApprovalInfoList);
        });
        repo.Get("/entity/{id}/accessApproval", Scopes.View, call =>
            throw new ServiceException(ServiceError.Gone, "See /accessApproval/information"));
    }

    private Task PageAsync(ServiceCall call, Func<OffsetPage, AccessRequirementPage> work)
    {
        var page = call.Page(defaultLimit: 50);
        return call.JsonAsync(200, world.Transact(() => work(page)), RequirementJson.Default.AccessRequirementPage);
    }

    private Task ReplyAsync(ServiceCall call, int status, Func<AccessRequirement> work) =>
        call.JsonAsync(status, world.Transact(work), RequirementJson.Default.AccessRequirement);

    private Task AclAsync(ServiceCall call, int status, Func<AccessControlList> work) =>
        call.JsonAsync(status, world.Transact(work), ApiJson.Default.AccessControlList);

    private Task DoAsync(ServiceCall call, int status, Action work)
    {
        world.Transact(work);
        return call.NothingAsync(status);
    }

    private static long Id(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("requirement"), "requirementId");

    private static long Number(ServiceCall call, string name) => EntityIds.ParseNumber(
        call.RequiredQuery(name), name);
}
