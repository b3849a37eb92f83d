using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>Logging in and out, by password; the key of old clients; terms of service.</summary>
internal sealed class LoginEndpoints(SynapseWorld world)
{
    private const Scopes Own = Scopes.Modify | Scopes.Authorize;

    public void Add(ServiceRoutes auth)
    {
        auth.Post("/login2", Scopes.None, async call =>
        {
            var answer = world.Logins.Login(await call.ReadAsync(LoginJson.Default.LoginRequest));
            await call.JsonAsync(201, answer, LoginJson.Default.LoginResponse);
        });
        auth.Post("/login", Scopes.None, async call =>
        {
            var answer = Old(world.Logins.Login(await call.ReadAsync(LoginJson.Default.LoginRequest)));
            await call.JsonAsync(201, answer, LoginJson.Default.LoginResponse);
        });
        auth.Post("/session", Scopes.None, SessionAsync);
        auth.Delete("/session", Scopes.None, LogoutAsync);
        auth.Delete("/sessionAccessToken", Own, LogoutAsync);
        auth.Delete("/user/{user}/sessionAccessToken/all", Own, LogoutEverywhereAsync);
        auth.Get("/authenticatedOn", Scopes.None, AuthenticatedOnAsync);
        auth.Get("/secretKey", Own, call => call.JsonAsync(
            200, new SecretKey { Key = world.Transact(() => world.Credentials.SecretKey(RequireUser(call))) },
            LoginJson.Default.SecretKey));
        auth.Delete("/secretKey", Own, call =>
        {
            world.Transact(() => world.Credentials.RenewSecretKey(RequireUser(call)));
            return call.NothingAsync(204);
        });
        auth.Post("/user/changePassword", Scopes.Modify, async call =>
        {
            world.Logins.ChangePassword(await call.ReadAsync(LoginJson.Default.ChangePasswordRequest));
            await call.NothingAsync(204);
        });
        auth.Get("/termsOfUse2/info", Scopes.None, call => call.JsonAsync(200, Terms.Info, LoginJson.Default.TermsOfServiceInfo));
        auth.Get("/termsOfUse2/status", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Terms.Status(call.Caller)), LoginJson.Default.TermsOfServiceStatus));
        auth.Post("/termsOfUse2", Scopes.Modify, async call =>
        {
            var request = await call.ReadAsync(LoginJson.Default.TermsOfServiceSignRequest);
            world.Transact(() => world.Terms.Sign(request));
            await call.NothingAsync(204);
        });
    }

    private async Task SessionAsync(ServiceCall call)
    {
        var credentials = await call.ReadAsync(LoginJson.Default.LoginCredentials);
        var answer = world.Logins.Login(new LoginRequest { Username = credentials.Email, Password = credentials.Password });
        await call.JsonAsync(201, Old(answer) with { AuthenticationReceipt = null }, LoginJson.Default.LoginResponse);
    }

    private Task LogoutAsync(ServiceCall call)
    {
        world.Transact(() =>
        {
            if (call.Caller.TokenId is { } token)
            {
                world.Tokens.Revoke(token);
            }
        });
        return call.NothingAsync(200);
    }

    private Task LogoutEverywhereAsync(ServiceCall call)
    {
        var user = EntityIds.ParseNumber(call.RouteText("user"), "targetUserId");
        if (user != call.Caller.Id)
        {
            throw ServiceException.Forbidden("Only an administrator can revoke the session access tokens of another user.");
        }

        world.Transact(() => world.Tokens.RevokeSessions(RequireUser(call)));
        return call.NothingAsync(200);
    }

    private Task AuthenticatedOnAsync(ServiceCall call)
    {
        if (call.Caller.IsAnonymous)
        {
            throw new ServiceException(
                ServiceError.Unauthenticated, "Cannot retrieve authentication time stamp for anonymous user.");
        }

        var when = world.Transact(() => world.Credentials.Get(call.Caller.Id).AuthenticatedOn);
        var answer = new AuthenticatedOn { When = when is { } time ? EntityShape.Date(time) : null };
        return call.JsonAsync(200, answer, LoginJson.Default.AuthenticatedOn);
    }

    private static LoginResponse Old(LoginResponse answer) => answer with { SessionToken = answer.AccessToken, AccessToken = null };

    private static long RequireUser(ServiceCall call) => call.Caller.IsAnonymous
        ? throw new ServiceException(ServiceError.Unauthenticated, "You must be logged in.")
        : call.Caller.Id;
}
