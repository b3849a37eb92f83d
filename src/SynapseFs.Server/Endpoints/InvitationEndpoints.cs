using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>How people come into teams: invitations and requests.</summary>
internal sealed class InvitationEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        AddInvitations(repo);
        AddRequests(repo);
    }

    private void AddInvitations(ServiceRoutes repo)
    {
        repo.Post("/membershipInvitation", Write, async call =>
        {
            var body = await call.ReadAsync(TeamJson.Default.MembershipInvitation);
            await InvitationAsync(call, 201, () => world.Invitations.Create(call.Caller, body));
        });
        repo.Get("/membershipInvitation/openInvitationCount", Scopes.View, call => CountAsync(
            call, () => world.Invitations.CountOpen(teamId: null, call.Caller.Id)));
        repo.Get("/membershipInvitation/{invitation}", Scopes.View, call => InvitationAsync(
            call, 200, () => world.Invitations.Get(call.Caller, Id(call, "invitation"))));
        repo.Delete("/membershipInvitation/{invitation}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Invitations.Delete(call.Caller, Id(call, "invitation")));
            return call.NothingAsync(204);
        });
        repo.Get("/membershipInvitation/{invitation}/inviteeVerificationSignedToken", Write, call => call.JsonAsync(
            200, world.Transact(() => world.InviteeTokens.Issue(call.Caller, Id(call, "invitation"))),
            TeamJson.Default.InviteeVerificationToken));
        repo.Put("/membershipInvitation/{invitation}/inviteeId", Scopes.Modify, async call =>
        {
            var token = await call.ReadAsync(TeamJson.Default.InviteeVerificationToken);
            world.Transact(() => world.InviteeTokens.Use(call.Caller, Id(call, "invitation"), token));
            await call.NothingAsync(200);
        });
        repo.Get("/team/{team}/openInvitation", Scopes.View, call => InvitationsAsync(call, page => world.Invitations.OfTeam(
            call.Caller, TeamEndpoints.TeamId(call), OptionalId(call, "inviteeId"), page)));
        repo.Get("/user/{user}/openInvitation", Scopes.View, call => InvitationsAsync(call, page => world.Invitations.OfUser(
            TeamEndpoints.UserId(call), OptionalId(call, "teamId"), page)));
    }

    private void AddRequests(ServiceRoutes repo)
    {
        repo.Post("/membershipRequest", Write, async call =>
        {
            var body = await call.ReadAsync(TeamJson.Default.MembershipRequest);
            await RequestAsync(call, 201, () => world.JoinRequests.Create(call.Caller, body));
        });
        repo.Get("/membershipRequest/openRequestCount", Scopes.View, call => CountAsync(
            call, () => world.JoinRequests.CountForManager(call.Caller)));
        repo.Get("/membershipRequest/{request}", Scopes.View, call => RequestAsync(
            call, 200, () => world.JoinRequests.Get(call.Caller, Id(call, "request"))));
        repo.Delete("/membershipRequest/{request}", Scopes.Modify, call =>
        {
            world.Transact(() => world.JoinRequests.Delete(call.Caller, Id(call, "request")));
            return call.NothingAsync(204);
        });
        repo.Get("/team/{team}/openRequest", Scopes.View, call => RequestsAsync(call, page => world.JoinRequests.OfTeam(
            call.Caller, TeamEndpoints.TeamId(call), OptionalId(call, "requestorId"), page)));
        repo.Get("/user/{user}/openRequest", Scopes.View, call => RequestsAsync(call, page => world.JoinRequests.OfUser(
            call.Caller, TeamEndpoints.UserId(call), OptionalId(call, "teamId"), page)));
    }

    private Task InvitationAsync(ServiceCall call, int status, Func<MembershipInvitation> work) =>
        call.JsonAsync(status, world.Transact(work), TeamJson.Default.MembershipInvitation);

    private Task RequestAsync(ServiceCall call, int status, Func<MembershipRequest> work) =>
        call.JsonAsync(status, world.Transact(work), TeamJson.Default.MembershipRequest);

    private Task InvitationsAsync(ServiceCall call, Func<OffsetPage, MembershipInvitationPage> work)
    {
        var page = Page(call);
        return call.JsonAsync(200, world.Transact(() => work(page)), TeamJson.Default.MembershipInvitationPage);
    }

    private Task RequestsAsync(ServiceCall call, Func<OffsetPage, MembershipRequestPage> work)
    {
        var page = Page(call);
        return call.JsonAsync(200, world.Transact(() => work(page)), TeamJson.Default.MembershipRequestPage);
    }

    private Task CountAsync(ServiceCall call, Func<long> work) =>
        call.JsonAsync(200, new CountResult { Count = world.Transact(work) }, PeopleJson.Default.CountResult);

    private static OffsetPage Page(ServiceCall call) => call.Page();

    private static long Id(ServiceCall call, string name) => EntityIds.ParseNumber(call.RouteText(name), "id");

    private static long? OptionalId(ServiceCall call, string name) =>
        call.Query(name) is { } text ? EntityIds.ParseNumber(text, name) : null;
}
