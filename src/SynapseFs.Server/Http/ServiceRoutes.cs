using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SynapseFs.Server.Http;

/// <summary>Adds routes of one service; every handler gets the <see cref="ServiceCall"/>.</summary>
internal sealed class ServiceRoutes(IEndpointRouteBuilder routes, ServerService service, string prefix)
{
    public void Get(string pattern, Scopes scopes, Func<ServiceCall, Task> handler) => Map("GET", pattern, scopes, handler);

    public void Post(string pattern, Scopes scopes, Func<ServiceCall, Task> handler) => Map("POST", pattern, scopes, handler);

    public void Put(string pattern, Scopes scopes, Func<ServiceCall, Task> handler) => Map("PUT", pattern, scopes, handler);

    public void Delete(string pattern, Scopes scopes, Func<ServiceCall, Task> handler) => Map("DELETE", pattern, scopes, handler);

    public void Map(string method, string pattern, Scopes scopes, Func<ServiceCall, Task> handler)
    {
        var full = prefix + pattern;
        RequestDelegate answer = http => handler(ServiceCall.Of(http));
        routes.MapMethods(full, [method], answer).WithMetadata(new ServiceRoute(full, service, scopes));
    }
}
