using System.Text.Json;
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
    private static readonly Dictionary<string, JsonElement> NoClaims = [];

    public void Add(ServiceRoutes auth)
    {
        auth.Post("/personalAccessToken", Scopes.Authorize, CreateAsync);
        auth.Get("/personalAccessToken", Scopes.View, ListAsync);
        auth.Get("/personalAccessToken/{token}", Scopes.View, call => call.JsonAsync(
            200, Record(world.Transact(() => RequireOwn(call, "view this token record"))), ApiJson.Default.AccessTokenRecord));
        auth.Delete("/personalAccessToken/{token}", Scopes.Modify | Scopes.Authorize, call =>
        {
            world.Transact(() => world.Tokens.Delete(RequireOwn(call, "revoke this token").Id));
            return call.NothingAsync(200);
        });
    }

    private async Task CreateAsync(ServiceCall call)
    {
        RequireUser(call, "Anonymous users may not issue personal access tokens.");
        var request = await call.ReadAsync(ApiJson.Default.AccessTokenGenerationRequest);
        IReadOnlyList<string> scopes = request.Scope is { Count: > 0 } asked ? asked : ScopeWords.Every;
        if (scopes.FirstOrDefault(scope => !ScopeWords.Every.Contains(scope)) is { } odd)
        {
            throw ServiceException.BadRequest($"Unknown scope: {odd}; expected one of {string.Join(", ", ScopeWords.Every)}");
        }

        // A personal token never carries more than the token that made it, and never the right to make others.
        string[] granted = [.. scopes.Distinct().Where(scope => scope != "authorize" && call.Caller.Scopes.Contains(scope))];
        var name = string.IsNullOrWhiteSpace(request.Name) ? Guid.NewGuid().ToString() : request.Name;
        var claims = JsonSerializer.Serialize(request.UserInfoClaims ?? NoClaims, WorldJson.Default.Fields);
        var token = world.Transact(() => world.Tokens.HasName(call.Caller.Id, name)
            ? throw ServiceException.BadRequest(
                "You cannot have two tokens with the same name. You must delete the existing token to create a new one with this name.")
            : world.Tokens.AddPersonal(call.Caller.Id, name, granted, claims));
        await call.JsonAsync(200, new AccessTokenGenerationResponse { Token = token }, ApiJson.Default.AccessTokenGenerationResponse);
    }

    private Task ListAsync(ServiceCall call)
    {
        RequireUser(call, "Anonymous users cannot have personal access tokens.");
        var page = PageToken.Parse(call.Query("nextPageToken"));
        var rows = world.Transact(() => world.Tokens.ListPersonal(call.Caller.Id, page.Fetch, page.Offset));
        var answer = new AccessTokenRecordList { Results = [.. page.Page(rows).Select(Record)], NextPageToken = page.Next(rows.Count) };
        return call.JsonAsync(200, answer, ApiJson.Default.AccessTokenRecordList);
    }

    private TokenRow RequireOwn(ServiceCall call, string what)
    {
        var id = EntityIds.ParseNumber(call.RouteText("token"), "id");
        var row = world.Tokens.GetPersonal(id) ?? throw ServiceException.NotFound($"Access token '{id}' does not exist");
        return row.UserId == call.Caller.Id
            ? row
            : throw ServiceException.Forbidden($"You do not have permission to {what}.");
    }

    private AccessTokenRecord Record(TokenRow row) => new()
    {
        Id = EntityShape.Text(row.Id),
        UserId = EntityShape.Text(row.UserId),
        Scopes = row.Scopes,
        UserInfoClaims = row.Claims is { } claims ? JsonSerializer.Deserialize(claims, WorldJson.Default.Fields) : NoClaims,
        Name = row.Name,
        CreatedOn = EntityShape.Date(row.CreatedOn),
        LastUsed = EntityShape.Date(row.LastUsed),
        State = world.Tokens.IsExpired(row) ? "EXPIRED" : "ACTIVE",
    };

    private static void RequireUser(ServiceCall call, string reason)
    {
        if (call.Caller.IsAnonymous)
        {
            throw new ServiceException(ServiceError.Unauthenticated, reason);
        }
    }
}
