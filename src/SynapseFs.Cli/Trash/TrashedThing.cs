using SynapseFs.Api;

namespace SynapseFs.Cli.Trash;

/// <summary>Something deleted that can be had back, as <c>synapsefs trash list</c> tells it.</summary>
internal sealed record TrashedThing
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>"file", "folder", "project", "link", …</summary>
    public required string Kind { get; init; }

    public DateTimeOffset? DeletedOn { get; init; }

    /// <summary>The id of what it lay in.</summary>
    public string? ParentId { get; init; }

    /// <summary>The name of what it lay in; null where that is gone too, or may not be seen.</summary>
    public string? ParentName { get; init; }

    public static TrashedThing Of(TrashedEntity entity) => new()
    {
        Id = entity.EntityId ?? "",
        Name = entity.EntityName ?? "",
        Kind = KindOf(entity.EntityType ?? ""),
        DeletedOn = entity.DeletedOn,
        ParentId = entity.OriginalParentId,
    };

    // Told as "file" or as the type's full name, "org.sagebionetworks.repo.model.FileEntity".
    private static string KindOf(string type)
    {
        const string End = "Entity";
        var name = type[(type.LastIndexOf('.') + 1)..];
        return (name.EndsWith(End, StringComparison.Ordinal) ? name[..^End.Length] : name).ToLowerInvariant();
    }
}
