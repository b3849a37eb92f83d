using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Endpoints;

/// <summary>Organizations and the registered JSON schemas.</summary>
internal sealed class SchemaEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo, JobEndpoints jobs)
    {
        AddOrganizations(repo);
        repo.Get("/schema/type/registered/{schema}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.SchemaRegistry.Get(call.RouteText("schema"))), EndpointJson.Default.JsonObject));
        repo.Delete("/schema/type/registered/{schema}", Scopes.Modify, call =>
        {
            world.Transact(() => world.SchemaRegistry.Delete(call.Caller, call.RouteText("schema")));
            return call.NothingAsync(204);
        });
        repo.Post("/schema/list", Scopes.View, async call =>
        {
            var request = await call.ReadAsync(SchemaJson.Default.SchemaListRequest);
            await call.JsonAsync(200, world.Transact(() => world.SchemaRegistry.List(request)), SchemaJson.Default.JsonSchemaInfoList);
        });
        repo.Post("/schema/version/list", Scopes.View, async call =>
        {
            var request = await call.ReadAsync(SchemaJson.Default.SchemaListRequest);
            await call.JsonAsync(
                200, world.Transact(() => world.SchemaRegistry.ListVersions(request)), SchemaJson.Default.JsonSchemaVersionInfoList);
        });
        var create = new JobKind<CreateSchemaRequest, CreateSchemaResponse>(
            CreateSchemaRequest.Type, SchemaJson.Default.CreateSchemaRequest, SchemaJson.Default.CreateSchemaResponse,
            (job, request) => Task.FromResult(() => world.SchemaRegistry.Create(job.Caller, request)));
        jobs.AddPair(repo, "/schema/type/create", Scopes.Modify, create, (_, request) => request);
        var validation = new JobKind<GetValidationSchemaRequest, GetValidationSchemaResponse>(
            GetValidationSchemaRequest.Type, SchemaJson.Default.GetValidationSchemaRequest, SchemaJson.Default.GetValidationSchemaResponse,
            (_, request) => Task.FromResult(() => world.SchemaRegistry.GetValidation(request.Id)));
        jobs.AddPair(repo, "/schema/type/validation", Scopes.Modify, validation, (_, request) => request);
    }

    private void AddOrganizations(ServiceRoutes repo)
    {
        repo.Post("/schema/organization", Write, async call =>
        {
            var request = await call.ReadAsync(SchemaJson.Default.CreateOrganizationRequest);
            await OrganizationAsync(call, 201, () => world.Organizations.Create(call.Caller, request.OrganizationName));
        });
        repo.Get("/schema/organization", Scopes.View, call => OrganizationAsync(call, 200, () => world.Organizations.Get(
            call.Query("name") ?? throw ServiceException.BadRequest(
                "Required request parameter 'name' for method parameter type String is not present"))));
        repo.Post("/schema/organization/list", Scopes.View, async call =>
        {
            var request = await call.ReadAsync(SchemaJson.Default.SchemaListRequest);
            var page = PageToken.Parse(request.NextPageToken);
            await call.JsonAsync(200, world.Transact(() => world.Organizations.List(page)), SchemaJson.Default.OrganizationList);
        });
        repo.Delete("/schema/organization/{organization}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Organizations.Delete(call.Caller, OrganizationId(call)));
            return call.NothingAsync(200);
        });
        repo.Get("/schema/organization/{organization}/acl", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Organizations.Acl(call.Caller, OrganizationId(call))), ApiJson.Default.AccessControlList));
        repo.Put("/schema/organization/{organization}/acl", Write, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.AccessControlList);
            var answer = world.Transact(() => world.Organizations.SetAcl(call.Caller, OrganizationId(call), body));
            await call.JsonAsync(200, answer, ApiJson.Default.AccessControlList);
        });
    }

    private static long OrganizationId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("organization"), "organizationId");

    private Task OrganizationAsync(ServiceCall call, int status, Func<SchemaOrganization> work) =>
        call.JsonAsync(status, world.Transact(work), SchemaJson.Default.SchemaOrganization);
}
