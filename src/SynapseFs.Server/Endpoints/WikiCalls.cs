using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Wikis;

namespace SynapseFs.Server.Endpoints;

/// <summary>What the paths and queries of wikis say.</summary>
internal static class WikiCalls
{
    public static WikiOwner WikiOwner(this ServiceCall call, string type) => OwnerOf(type, call.RouteText("id"));

    public static WikiOwner OwnerOf(string type, string? id) =>
        new(type, type == World.Wikis.WikiOwner.Entity ? EntityIds.Parse(id) : EntityIds.ParseNumber(id, "ownerId"), id ?? "");

    public static long WikiId(this ServiceCall call) => EntityIds.ParseNumber(call.RouteText("wiki"), "wikiId");

    public static long? WikiVersion(this ServiceCall call) =>
        call.Query("wikiVersion") is { } text ? EntityIds.ParseNumber(text, "wikiVersion") : null;

    public static void RequireWikiId(this ServiceCall call, string? bodyId)
    {
        if (bodyId != call.RouteText("wiki"))
        {
            throw ServiceException.BadRequest("Path variable wikiId does not match the ID of the passed WikiPage");
        }
    }
}
