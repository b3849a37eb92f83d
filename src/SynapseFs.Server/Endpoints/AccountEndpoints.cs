using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>People and groups.</summary>
internal sealed class AccountEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Get("/userProfile", Scopes.View, call => ProfileAsync(call, call.Caller.Id));
        repo.Get("/userProfile/{user}", Scopes.View, call => ProfileAsync(
            call, EntityIds.ParseNumber(call.RouteText("user"), "principalId")));
        repo.Post("/userProfile", Scopes.View, ProfilesAsync);
        repo.Get("/userGroupHeaders/batch", Scopes.View, BatchAsync);
        repo.Get("/userGroupHeaders", Scopes.View, SearchAsync);
        repo.Post("/principal/alias", Scopes.View, AliasAsync);
    }

    private Task ProfileAsync(ServiceCall call, long id)
    {
        var profile = world.Transact(() => Profile(call.Caller, id)) ?? throw ServiceException.NotFound($"UserProfile: {id} does not exist");
        return call.JsonAsync(200, profile, ApiJson.Default.UserProfile);
    }

    private async Task ProfilesAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.IdList);
        var found = world.Transact(() => request.List.Select(id => Profile(call.Caller, id)).OfType<UserProfile>().ToArray());
        await call.JsonAsync(200, new UserProfileList { List = found }, ApiJson.Default.UserProfileList);
    }

    private Task BatchAsync(ServiceCall call)
    {
        var ids = (call.Query("ids") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var headers = world.Transact(() => ids.Select(id => Header(EntityIds.ParseNumber(id, "ids"))).OfType<UserGroupHeader>().ToArray());
        return call.JsonAsync(
            200, new UserGroupHeaderPage { Children = headers, TotalNumberOfResults = headers.Length }, ApiJson.Default.UserGroupHeaderPage);
    }

    private Task SearchAsync(ServiceCall call)
    {
        var page = OffsetPage.Parse(call.Query("offset"), call.Query("limit"), defaultLimit: 10);
        var prefix = call.Query("prefix") ?? "";
        UserGroupHeader[] headers = [.. world.Transact(() => world.Users.WithPrefix(prefix, page.Limit, page.Offset)).Select(Header)];
        var answer = new UserGroupHeaderPage { Children = headers, TotalNumberOfResults = page.Total(headers.Length) };
        return call.JsonAsync(200, answer, ApiJson.Default.UserGroupHeaderPage);
    }

    private async Task AliasAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.PrincipalAliasRequest);
        if (request.Type != "USER_NAME")
        {
            throw ServiceException.BadRequest($"Unsupported alias type: {request.Type}");
        }

        var user = world.Transact(() => world.Users.Find(request.Alias ?? ""))
            ?? throw ServiceException.NotFound($"Alias: '{request.Alias}' of type: 'USER_NAME' does not exist");
        await call.JsonAsync(200, new PrincipalAliasResponse { PrincipalId = user.Id }, ApiJson.Default.PrincipalAliasResponse);
    }

    /// <summary>The whole profile for its owner, the public part for others.</summary>
    private UserProfile? Profile(Caller caller, long id)
    {
        if (id == Principals.Anonymous)
        {
            return new UserProfile { OwnerId = Text(id), UserName = "anonymous" };
        }

        if (world.Users.Get(id) is not { } user)
        {
            return null;
        }

        var isOwn = caller.Id == id;
        return new UserProfile
        {
            OwnerId = Text(id),
            UserName = user.Name,
            FirstName = user.FirstName,
            LastName = user.LastName,
            CreatedOn = EntityShape.Date(user.CreatedOn),
            Etag = isOwn ? user.Etag : null,
            Emails = isOwn && user.Email is { } email ? [email] : null,
        };
    }

    private UserGroupHeader? Header(long id) =>
        Principals.NameOf(id) is { } name
            ? new UserGroupHeader { OwnerId = Text(id), UserName = name, IsIndividual = id == Principals.Anonymous }
            : world.Users.Get(id) is { } user ? Header(user) : null;

    private static UserGroupHeader Header(UserRow user) => new()
    {
        OwnerId = Text(user.Id),
        UserName = user.Name,
        FirstName = user.FirstName,
        LastName = user.LastName,
        IsIndividual = true,
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
