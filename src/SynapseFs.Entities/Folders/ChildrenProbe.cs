using SynapseFs.Api;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Folders;

/// <summary>
/// Whether a directory is as it was remembered, from its newest page and its total. Every change of a child moves it to the top,
/// and whatever comes or goes changes the total or stands at the top itself. Pure.
/// </summary>
internal static class ChildrenProbe
{
    public static bool IsUnchanged(EntityChildrenResponse newest, IReadOnlyCollection<KnownChild> known, EntityNames names)
    {
        if (newest.TotalChildCount != known.Count || newest.Page.Count < Math.Min(known.Count, 1))
            return false;
        var byId = new Dictionary<(NodeKind, string), KnownChild>(known.Count);
        foreach (var child in known)
            byId[(child.Kind, child.RemoteId)] = child;
        return newest.Page.All(header =>
            byId.TryGetValue((EntityKinds.ForType(header.Type), header.Id ?? ""), out var child)
            && child.Revision == EntityRevision.Of(header)
            && IsShownAs(header, child.Name, names));
    }

    private static bool IsShownAs(EntityHeader header, string shown, EntityNames names)
    {
        var (name, id) = (header.Name ?? "", header.Id ?? "");
        return EntityKinds.ForType(header.Type) == EntityKinds.Document
            ? shown == EntityNames.ToDocument(name, id, isTaken: false) || shown == EntityNames.ToDocument(name, id, isTaken: true)
            : shown == names.ToShown(name);
    }
}
