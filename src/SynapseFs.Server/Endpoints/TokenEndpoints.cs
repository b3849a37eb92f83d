using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>Personal access tokens. Opaque: clients take any token that is no JWT as it is.</summary>
internal sealed class TokenEndpoints(SynapseWorld world)
{
    private static readonly string[] Known = ["openid", "email", "profile", "view", "download", "modify", "authorize", "offline_access"];

    public void Add(ServiceRoutes auth)
    {
        auth.Post("/personalAccessToken", Scopes.Authorize, CreateAsync);
        auth.Get("/personalAccessToken", Scopes.View, ListAsync);
        auth.Get("/personalAccessToken/{token}", Scopes.View, call => call.JsonAsync(
            200, Record(world.Transact(() => RequireOwn(call))), ApiJson.Default.AccessTokenRecord));
        auth.Delete("/personalAccessToken/{token}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Tokens.Delete(RequireOwn(call).Id));
            return call.NothingAsync(200);
        });
    }

    private async Task CreateAsync(ServiceCall call)
    {
        RequireUser(call);
        var request = await call.ReadAsync(ApiJson.Default.AccessTokenGenerationRequest);
        if (request.Scope is not { Count: > 0 } scopes || scopes.FirstOrDefault(scope => !Known.Contains(scope)) is not null)
        {
            throw ServiceException.BadRequest($"scope must name at least one of {string.Join(", ", Known)}");
        }

        var token = Tokens.NewToken();
        var name = request.Name ?? Guid.NewGuid().ToString();
        world.Transact(() =>
        {
            if (world.Tokens.HasName(call.Caller.Id, name))
            {
                throw ServiceException.BadRequest($"A token with the name {name} already exists");
            }

            // A personal token never carries more than the token that made it, and never the right to make others.
            string[] granted = [.. scopes.Where(scope => scope != "authorize" && call.Caller.Scopes.Contains(scope))];
            world.Tokens.Put(token, call.Caller.Id, name, granted, expiresOn: null, isPersonal: true);
        });
        await call.JsonAsync(200, new AccessTokenGenerationResponse { Token = token }, ApiJson.Default.AccessTokenGenerationResponse);
    }

    private Task ListAsync(ServiceCall call)
    {
        RequireUser(call);
        var page = PageToken.Parse(call.Query("nextPageToken"));
        var rows = world.Transact(() => world.Tokens.ListPersonal(call.Caller.Id, page.Fetch, page.Offset));
        var answer = new AccessTokenRecordList { Results = [.. page.Page(rows).Select(Record)], NextPageToken = page.Next(rows.Count) };
        return call.JsonAsync(200, answer, ApiJson.Default.AccessTokenRecordList);
    }

    private TokenRow RequireOwn(ServiceCall call)
    {
        RequireUser(call);
        var id = EntityIds.ParseNumber(call.RouteText("token"), "id");
        return world.Tokens.GetPersonal(id) is { } row && row.UserId == call.Caller.Id
            ? row
            : throw ServiceException.NotFound($"The personal access token {id} does not exist");
    }

    private AccessTokenRecord Record(TokenRow row) => new()
    {
        Id = EntityShape.Text(row.Id),
        UserId = EntityShape.Text(row.UserId),
        Scopes = row.Scopes,
        Name = row.Name,
        CreatedOn = EntityShape.Date(row.CreatedOn),
        LastUsed = EntityShape.Date(row.LastUsed),
        State = world.Tokens.IsExpired(row) ? "EXPIRED" : "ACTIVE",
    };

    private static void RequireUser(ServiceCall call)
    {
        if (call.Caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Must be logged in to use personal access tokens.");
        }
    }
}
