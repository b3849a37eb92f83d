using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Http;

/// <summary>Who calls, as the headers tell it. Source: AuthenticationFilter. A signature goes before a token.</summary>
internal sealed class Identification(SynapseWorld world)
{
    public Caller Of(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.ContainsKey("userId") && headers.ContainsKey("signatureTimestamp") && headers.ContainsKey("signature"))
        {
            return world.Transact(() => Signed(http));
        }

        return Credentials.TokenOf(http.Request) is { } token ? world.Transact(() => Bearer(token)) : Caller.Nobody;
    }

    private Caller Bearer(string token)
    {
        if (world.Tokens.Find(token) is not { } row || world.Users.Get(row.UserId) is not { } user)
        {
            throw Refused("Invalid access token");
        }

        if (row.IsRevoked)
        {
            throw new ServiceException(ServiceError.RevokedToken, "The access token has been revoked.");
        }

        world.Tokens.Touch(row);
        return world.Callers.Of(user, row.Scopes) with { TokenId = row.Id };
    }

    private Caller Signed(HttpContext http)
    {
        var headers = http.Request.Headers;
        var name = headers["userId"].ToString();
        var stamp = headers["signatureTimestamp"].ToString();
        var user = world.Users.FindLogin(name) ?? throw Refused($"Did not find a user with alias: {name}");
        if (!CallSignature.IsTimely(stamp, world.Now))
        {
            throw Refused($"Timestamp in request, {stamp}, is out of date.");
        }

        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var key = world.Credentials.Get(user.Id).SecretKey;
        var signature = headers["signature"].ToString();
        return key is not null && CallSignature.Fits(signature, key, name + path + stamp)
            // A signed call may do everything its user may.
            ? world.Callers.Of(user, ScopeWords.Every)
            : throw Refused($"Invalid digital signature: {signature}");
    }

    private static ServiceException Refused(string reason) => new(ServiceError.Unauthenticated, reason);
}
