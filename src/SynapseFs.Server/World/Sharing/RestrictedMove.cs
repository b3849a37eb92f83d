using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>What is restricted goes only where all its restrictions hold too, unless the compliance team moves it.</summary>
internal static class RestrictedMove
{
    public static void Require(Caller caller, Restrictions restrictions, Lineage from, Lineage to)
    {
        if (!caller.IsCompliance && !restrictions.AreKept(from, to))
        {
            throw ServiceException.Forbidden("Cannot move restricted entity to a location having fewer access restrictions.");
        }
    }
}
