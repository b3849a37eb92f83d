using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Asking for access to data under a managed requirement, and the compliance team's answers.</summary>
internal sealed class AccessRequestEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/researchProject", Write, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.ResearchProject);
            var answer = world.Transact(() => world.AccessRequests.Put(call.Caller, body));
            await call.JsonAsync(200, answer, RequirementJson.Default.ResearchProject);
        });
        repo.Get("/accessRequirement/{requirement}/researchProjectForUpdate", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.AccessRequests.Project(call.Caller, Requirement(call))),
            RequirementJson.Default.ResearchProject));
        repo.Post("/dataAccessRequest", Write, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.AccessRequest);
            var answer = world.Transact(() => world.AccessRequests.Put(call.Caller, body));
            await call.JsonAsync(200, answer, RequirementJson.Default.AccessRequest);
        });
        repo.Get("/accessRequirement/{requirement}/dataAccessRequestForUpdate", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.AccessRequests.Request(call.Caller, Requirement(call))),
            RequirementJson.Default.AccessRequest));
        repo.Post("/dataAccessRequest/{request}/submission", Write, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.CreateSubmissionRequest);
            await StatusAsync(call, () => world.AccessSubmissions.Submit(call.Caller, body));
        });
        repo.Put("/dataAccessSubmission/{submission}/cancellation", Write, call => StatusAsync(
            call, () => world.AccessSubmissions.Cancel(call.Caller, Submission(call))));
        repo.Put("/dataAccessSubmission/{submission}", Write, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.SubmissionStateChangeRequest);
            await SubmissionAsync(call, () => world.AccessSubmissions.Review(call.Caller, body));
        });
        repo.Get("/dataAccessSubmission/{submission}", Scopes.View, call => SubmissionAsync(
            call, () => world.AccessSubmissions.Get(call.Caller, Submission(call))));
        repo.Delete("/dataAccessSubmission/{submission}", Scopes.Modify, call =>
        {
            world.Transact(() => world.AccessSubmissions.Delete(call.Caller, Submission(call)));
            return call.NothingAsync(200);
        });
        repo.Post("/accessRequirement/{requirement}/submissions", Scopes.View, async call =>
        {
            var body = await call.ReadAsync(RequirementJson.Default.SubmissionPageRequest);
            var answer = world.Transact(() => world.AccessSubmissions.List(call.Caller, Requirement(call), body));
            await call.JsonAsync(200, answer, RequirementJson.Default.AccessSubmissionPage);
        });
        repo.Get("/dataAccessSubmission/openSubmissions", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.AccessSubmissions.Open(call.Caller, call.Query("nextPageToken"))),
            RequirementJson.Default.OpenSubmissionPage));
    }

    private Task StatusAsync(ServiceCall call, Func<AccessSubmissionStatus> work) =>
        call.JsonAsync(200, world.Transact(work), RequirementJson.Default.AccessSubmissionStatus);

    private Task SubmissionAsync(ServiceCall call, Func<AccessSubmission> work) =>
        call.JsonAsync(200, world.Transact(work), RequirementJson.Default.AccessSubmission);

    private static long Requirement(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("requirement"), "requirementId");

    private static long Submission(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("submission"), "submissionId");
}
