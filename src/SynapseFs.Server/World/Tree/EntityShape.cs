using System.Globalization;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.Tree;

/// <summary>Rows to the records of the wire.</summary>
internal static class EntityShape
{
    /// <summary>The etag of everything that is not current: nothing can be updated with it.</summary>
    public const string NoEtag = "00000000-0000-0000-0000-000000000000";

    public static Entity Entity(NodeRow node, VersionRow version)
    {
        var isLatest = version.Number == node.CurrentVersion;
        var isVersioned = node.Kind.IsVersionable;
        return new Entity
        {
            ConcreteType = node.Kind.ConcreteType,
            Id = node.IdText,
            Name = node.Name,
            Description = version.Description,
            ParentId = node.ParentId is { } parent ? EntityIds.Text(parent) : null,
            Etag = isLatest ? node.Etag : NoEtag,
            CreatedOn = Date(node.CreatedOn),
            CreatedBy = Text(node.CreatedBy),
            ModifiedOn = Date(version.ModifiedOn),
            ModifiedBy = Text(version.ModifiedBy),
            VersionNumber = isVersioned ? version.Number : null,
            VersionLabel = isVersioned ? version.Label : null,
            VersionComment = isVersioned ? version.Comment : null,
            IsLatestVersion = isVersioned ? isLatest : null,
            DataFileHandleId = version.FileHandleId is { } handle ? Text(handle) : null,
            Alias = node.Alias,
            LinksTo = version.Fields.TryGetValue("linksTo", out var link) ? link.Deserialize(WorldJson.Default.Reference) : null,
            LinksToClassName = version.Fields.TryGetValue("linksToClassName", out var name) ? name.GetString() : null,
            Other = Other(node.Kind, version),
        };
    }

    public static EntityHeader Header(NodeRow node, VersionRow version, long benefactor) =>
        Header(node, version.Number, version.Label, benefactor) with
        {
            ModifiedOn = Date(version.ModifiedOn),
            ModifiedBy = Text(version.ModifiedBy),
        };

    public static EntityHeader Header(NodeRow node, long number, string label, long benefactor) => new()
    {
        Name = node.Name,
        Id = node.IdText,
        Type = node.Kind.ConcreteType,
        VersionNumber = number,
        VersionLabel = label,
        IsLatestVersion = number == node.CurrentVersion,
        BenefactorId = benefactor,
        CreatedOn = Date(node.CreatedOn),
        ModifiedOn = Date(node.ModifiedOn),
        CreatedBy = Text(node.CreatedBy),
        ModifiedBy = Text(node.ModifiedBy),
    };

    public static Annotations Annotations(NodeRow node, VersionRow version, string etag) =>
        new() { Id = node.IdText, Etag = etag, Values = version.Annotations };

    public static DateTimeOffset Date(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, JsonElement>? Other(EntityKind kind, VersionRow version)
    {
        if (kind == EntityKind.Link)
        {
            return null;
        }

        var other = new Dictionary<string, JsonElement>(version.Fields, StringComparer.Ordinal);
        if (kind.ShortName == "dockerrepo")
        {
            other["isManaged"] = JsonElement.Parse("false");
        }

        return other.Count == 0 ? null : other;
    }
}
