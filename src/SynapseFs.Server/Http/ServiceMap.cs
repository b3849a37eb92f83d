using Microsoft.AspNetCore.Routing;
using SynapseFs.Server.Endpoints;
using SynapseFs.Server.Signing;
using SynapseFs.Server.Tables.Queries;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Http;

/// <summary>Every service area in one list.</summary>
internal static class ServiceMap
{
    public static void AddAll(IEndpointRouteBuilder routes, SynapseWorld world, ServerOptions options, Stack stack, TimeProvider time)
    {
        var repo = new ServiceRoutes(routes, ServerService.Repo, Doors.Repo);
        var auth = new ServiceRoutes(routes, ServerService.Auth, Doors.Auth);
        var file = new ServiceRoutes(routes, ServerService.File, Doors.File);
        var storage = new ServiceRoutes(routes, ServerService.Storage, Doors.Storage);
        var signature = new UrlSignature(world.SigningKey, time);
        var urls = new SignedUrls(signature, world, options, time);
        var queries = new TableQueries(world, world.TableSources, world.TableIndex, time);
        var fileHandles = new FileHandleEndpoints(world, urls);

        var jobs = new JobEndpoints(world);
        jobs.Add(repo);
        new StackEndpoints(stack).Add(repo);
        new ProfileEndpoints(world, urls).Add(repo);
        new PrincipalEndpoints(world).Add(repo);
        new TeamEndpoints(world, urls).Add(repo);
        new MembershipEndpoints(world).Add(repo);
        new InvitationEndpoints(world).Add(repo);
        new MessageEndpoints(world, urls).Add(repo);
        new FavoriteEndpoints(world).Add(repo);
        new EntityEndpoints(world).Add(repo);
        new LookupEndpoints(world).Add(repo);
        new BundleEndpoints(world).Add(repo);
        new AnnotationEndpoints(world).Add(repo);
        new ActivityEndpoints(world).Add(repo);
        new AccessEndpoints(world).Add(repo);
        new RequirementEndpoints(world).Add(repo);
        new AccessRequestEndpoints(world).Add(repo);
        new TrashEndpoints(world).Add(repo);
        new TableQueryEndpoints(world, jobs, queries, time).Add(repo);
        new WikiEndpoints(world, urls).Add(repo);
        new Wiki2Endpoints(world, urls).Add(repo);
        new ColumnEndpoints(world).Add(repo);
        new TableEndpoints(world, jobs, urls).Add(repo);
        new EvaluationEndpoints(world, time).Add(repo);
        new SubmissionEndpoints(world, urls).Add(repo);
        new ViewEndpoints(world).Add(repo, jobs);
        new SchemaEndpoints(world).Add(repo, jobs);
        new SchemaBindingEndpoints(world).Add(repo);
        new DownloadListEndpoints(world, jobs, queries).Add(repo);
        new SearchEndpoints(world).Add(repo);
        fileHandles.AddOfEntity(repo);
        new StorageLocationEndpoints(world).Add(repo);
        new LoginEndpoints(world).Add(auth);
        new TokenEndpoints(world).Add(auth);
        fileHandles.Add(file);
        new UploadEndpoints(world, urls).Add(file);
        new FileJobEndpoints(world, jobs).Add(file);
        new StorageEndpoints(world, signature, time).Add(storage);
    }
}
