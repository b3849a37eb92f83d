using SynapseFs.Api;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Endpoints;

/// <summary>What the stack says of itself; needs no token.</summary>
internal sealed class StackEndpoints(Stack stack)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Get("/version", Scopes.None, call => call.JsonAsync(
            200, new SynapseVersionInfo { Version = "518.0-0-synapsefs", StackInstance = "518" }, ApiJson.Default.SynapseVersionInfo));
        repo.Get("/status", Scopes.None, call => call.JsonAsync(
            200, stack.Status, ApiJson.Default.StackStatus));
    }
}
