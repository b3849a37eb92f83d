using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Endpoints;

/// <summary>What clients ask before they make a view: its usual columns and those that annotations suggest.</summary>
internal sealed class ViewEndpoints(SynapseWorld world)
{
    private const string Model = "org.sagebionetworks.repo.model.table.";

    public void Add(ServiceRoutes repo, JobEndpoints jobs)
    {
        repo.Get("/column/tableview/defaults", Scopes.View, call => DefaultsAsync(
            call, call.Query("viewEntityType") ?? ViewDefinition.EntityView,
            call.Query("viewTypeMask") is { } mask ? EntityIds.ParseNumber(mask, "viewTypeMask") : null));
        repo.Get("/column/tableview/defaults/{viewtype}", Scopes.View, call => DefaultsAsync(
            call, ViewDefinition.EntityView, ViewMask.Of(call.RouteText("viewtype"), mask: null)));
        repo.Post("/column/view/scope", Scopes.View, _ => throw new ServiceException(
            ServiceError.Gone, "This service was deprecated and is no longer available. Use /column/view/scope/async/start instead."));
        repo.Post("/validateDefiningSql", Scopes.View, async call =>
        {
            var request = await call.ReadAsync(ViewJson.Default.ValidateDefiningSqlRequest);
            var answer = world.Transact(() => world.Views.Defining.Validate(request));
            await call.JsonAsync(200, answer, ViewJson.Default.ValidateDefiningSqlResponse);
        });
        var suggest = new JobKind<ViewColumnModelRequest, ViewColumnModelResponse>(
            Model + "ViewColumnModelRequest", ViewJson.Default.ViewColumnModelRequest, ViewJson.Default.ViewColumnModelResponse,
            (_, request) =>
            {
                var answer = world.Views.Suggestions.Find(request);
                return Task.FromResult(() => answer);
            });
        jobs.AddPair(repo, "/column/view/scope", Scopes.View, suggest, (_, request) => request);
    }

    private Task DefaultsAsync(ServiceCall call, string kind, long? mask)
    {
        var columns = ViewColumns.Defaults(kind, mask);
        var list = world.Transact(() => columns.Select(column => world.Columns.Ensure(ColumnRules.Normalize(column))).ToList());
        return call.JsonAsync(200, new ColumnModelList { List = list }, ColumnJson.Default.ColumnModelList);
    }
}
