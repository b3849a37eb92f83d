using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Links;

/// <summary>Where a link leads, as a path from the mount's root. Pure.</summary>
internal static class LinkTarget
{
    /// <summary>For a link that names no entity: a place that is no id, so it never exists.</summary>
    public const string Nowhere = $"/{EntityNames.HiddenRoom}/by-id/nowhere";

    private const string Redacted = "Redacted";

    /// <summary>The way through the hidden room, open to anything readable; leads nowhere when the target does not exist.</summary>
    /// <param name="kind">The target's kind if it is known.</param>
    public static string ById(SynapseEntityId target, NodeKind? kind)
    {
        // Containers have no versions to go to.
        var shown = kind is { } known && EntityKinds.IsContainer(known) ? target.Id : target.ToString();
        return $"/{EntityNames.HiddenRoom}/by-id/{shown}{(kind == EntityKinds.Document ? EntityNames.DocumentSuffix : "")}";
    }

    /// <summary>
    /// The way down from the mount's root, or null when a directory on it cannot be read.
    /// </summary>
    /// <param name="below">The path's elements below the root, the target last; empty when the target is the root.</param>
    /// <param name="isDocumentNameTaken">Whether a sibling holds the name that the target's JSON would have.</param>
    /// <param name="names">How names are shown.</param>
    public static string? Inside(IReadOnlyList<EntityHeader> below, bool isDocumentNameTaken, EntityNames names)
    {
        if (below.Any(element => element.Name is null or Redacted))
            return null;
        var shown = below.Select((element, index) =>
            index == below.Count - 1 && EntityKinds.ForType(element.Type) == EntityKinds.Document
                ? EntityNames.ToDocument(element.Name!, element.Id ?? "", isDocumentNameTaken)
                : names.ToShown(element.Name!));
        return "/" + string.Join('/', shown);
    }
}
