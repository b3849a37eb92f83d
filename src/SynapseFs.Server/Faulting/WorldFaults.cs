using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Faulting;

/// <summary>Faults that happen to the world, not to the answer.</summary>
internal sealed class WorldFaults(SynapseWorld world)
{
    /// <summary>
    /// Somebody else changes the entity of the path a moment before: its etag moves on. False: the path names no entity.
    /// </summary>
    public bool Touch(ServiceCall call)
    {
        var text = call.RouteText("id");
        if (!text.StartsWith("syn", StringComparison.OrdinalIgnoreCase) && !text.All(char.IsAsciiDigit))
        {
            return false;
        }

        return world.Database.Transact(() =>
        {
            if (text.Length == 0 || world.Nodes.Get(EntityIds.Parse(text)) is not { } node)
            {
                return false;
            }

            world.Nodes.Update(node with { Etag = Stamp.NewEtag() });
            return true;
        });
    }

    /// <summary>The token of the request is revoked, for good.</summary>
    public void Revoke(ServiceCall call)
    {
        if (Credentials.TokenOf(call.Http.Request) is not { } token)
        {
            return;
        }

        world.Transact(() =>
        {
            if (world.Tokens.Find(token) is { } row)
            {
                world.Tokens.Delete(row.Id);
            }
        });
    }
}
