using Microsoft.AspNetCore.Http;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Http;

/// <summary>
/// What Synapse's servlet filters do before a controller runs: session cookie, maintenance, token, terms of use, throttle,
/// route, scopes. The storage side passes straight through.
/// </summary>
internal sealed class Gate(SynapseWorld world, Stack stack, Throttle throttle, Func<bool> isThrottled)
{
    private readonly Identification _identification = new(world);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var call = ServiceCall.Of(http);
        var door = Doors.Of(http.Request.Path.Value ?? "");
        if (door == ServerService.Storage)
        {
            await next(http);
            return;
        }

        SetHeaders(http);
        if (door is not ServerService.Unknown)
        {
            stack.RequireOpen(http.Request.Path.Value ?? "");
            call.Caller = _identification.Of(http);
            call.IsIdentified = true;
        }

        if (door is ServerService.Repo or ServerService.File)
        {
            RequireTerms(call.Caller);
        }

        var isCounted = door is ServerService.Repo or ServerService.File && !call.Caller.IsAnonymous && isThrottled();
        using var pass = isCounted ? throttle.Enter(call) : null;
        call.Pass = pass;
        RequireRoute(call);
        await next(http);
    }

    private static void SetHeaders(HttpContext http)
    {
        http.Response.Headers.StrictTransportSecurity = "max-age=31536000";
        if (!http.Request.Cookies.ContainsKey("sessionID"))
        {
            http.Response.Headers.SetCookie = $"sessionID={Guid.NewGuid()}; Path=/; HttpOnly";
        }
    }

    private static void RequireTerms(Caller caller)
    {
        if (!caller.HasAcceptedTerms)
        {
            throw ServiceException.Forbidden("Terms of use have not been signed.");
        }
    }

    private static void RequireRoute(ServiceCall call)
    {
        var endpoint = call.Http.GetEndpoint();
        if (endpoint is null)
        {
            throw ServiceException.NotFound(
                $"{call.Http.Request.Method} was not found. Please reference API documentation at https://rest-docs.synapse.org/rest/");
        }

        // The router's own endpoint for "this path, but not this verb" is the only one that is not ours.
        if (endpoint.Metadata.GetMetadata<ServiceRoute>() is not { } route)
        {
            throw new ServiceException(
                ServiceError.MethodNotAllowed, $"Request method '{call.Http.Request.Method}' not supported");
        }

        if (call.Caller.IsAnonymous)
        {
            return;
        }

        var missing = ScopeWords.In(route.Scopes).Where(word => !call.Caller.Scopes.Contains(word)).ToList();
        if (missing.Count > 0)
        {
            throw new ServiceException(
                ServiceError.InsufficientScope, $"Request lacks scope(s) required by this service: {string.Join(", ", missing)}");
        }
    }
}
