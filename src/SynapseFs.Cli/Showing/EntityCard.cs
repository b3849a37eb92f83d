using System.Globalization;
using System.Text.Json;
using SynapseFs.Cli.Sharing;

namespace SynapseFs.Cli.Showing;

/// <summary>Everything that an entity carries, as <c>synapsefs info</c> tells it. What is unknown or makes no sense for it is null.</summary>
internal sealed record EntityCard
{
    public required string Path { get; init; }

    /// <summary>Null for what is not in Synapse.</summary>
    public string? Id { get; init; }

    /// <summary>"file", "folder", "project", "link", "table", …</summary>
    public string? Type { get; init; }

    public long? Version { get; init; }

    public string? VersionLabel { get; init; }

    /// <summary>The numbers of all versions of a file, the oldest first.</summary>
    public IReadOnlyList<long>? Versions { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    public string? Md5 { get; init; }

    public string? ContentType { get; init; }

    public string? CreatedBy { get; init; }

    public string? CreatedOn { get; init; }

    public string? ModifiedBy { get; init; }

    public string? ModifiedOn { get; init; }

    public string? State { get; init; }

    public long? CachedBytes { get; init; }

    public bool CanRead { get; init; }

    public bool CanWrite { get; init; }

    /// <summary>Why it cannot be read, and where to go.</summary>
    public string? AccessProblem { get; init; }

    public SharingFile? Sharing { get; init; }

    /// <summary>As <c>annotations.json</c> has them.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Annotations { get; init; }

    /// <summary>What generated this version, in a line.</summary>
    public string? Provenance { get; init; }

    /// <summary>What stands at the root of its wiki, by name; null: it has none.</summary>
    public IReadOnlyList<string>? Wiki { get; init; }

    public string? LinkTarget { get; init; }

    public string? Url { get; init; }

    public static EntityCard Of(MountedEntity entity, SharingFile? sharing, IReadOnlyDictionary<string, JsonElement>? annotations) => new()
    {
        Path = entity.Place.Mount.Mountpoint + (entity.Place.Place == "/" ? "" : entity.Place.Place),
        Id = entity.Id,
        Type = entity.Fact("type") ?? entity.Facts.Type.ToString().ToLowerInvariant(),
        Version = Number(entity.Fact("version")),
        VersionLabel = entity.Fact("version-label"),
        Size = entity.Facts.Type == Vfs.NodeType.File ? entity.Facts.Length : null,
        Md5 = entity.Fact("md5"),
        ContentType = entity.Fact("content-type"),
        CreatedBy = entity.Fact("created-by"),
        CreatedOn = entity.Fact("created-on"),
        ModifiedBy = entity.Fact("modified-by"),
        ModifiedOn = entity.Fact("modified-on"),
        State = entity.Fact("state"),
        CachedBytes = Number(entity.Fact("cached-bytes")),
        CanRead = entity.Facts.CanRead,
        CanWrite = entity.Facts.CanWrite,
        AccessProblem = entity.Fact("access"),
        Sharing = sharing,
        Annotations = annotations,
        Provenance = entity.Fact("provenance"),
        LinkTarget = entity.Facts.LinkTarget,
        Url = entity.Url,
    };

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
