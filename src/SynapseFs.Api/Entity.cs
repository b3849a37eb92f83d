using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>
/// Any entity, flat: the common fields and those of the types met most; what is not named here survives a round trip in
/// <see cref="Other"/>. Source: schemas <c>org.sagebionetworks.repo.model.Entity</c> and its heirs.
/// </summary>
public sealed record Entity
{
    public string? ConcreteType { get; init; }
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? ParentId { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? ModifiedBy { get; init; }
    public long? VersionNumber { get; init; }
    public string? VersionLabel { get; init; }
    public string? VersionComment { get; init; }
    public bool? IsLatestVersion { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? DataFileHandleId { get; init; }
    public string? Alias { get; init; }
    public Reference? LinksTo { get; init; }
    public string? LinksToClassName { get; init; }

    // Settable: generated deserialization cannot fill extension data through a constructor or init.
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>Points to an entity, at a version or, without one, at whatever is current.</summary>
public sealed record Reference
{
    public string? TargetId { get; init; }
    public long? TargetVersionNumber { get; init; }
}

/// <summary>An entity as listings show it: no size, no MD5, no etag.</summary>
public sealed record EntityHeader
{
    public string? Name { get; init; }
    public string? Id { get; init; }
    public string? Type { get; init; }
    public long? VersionNumber { get; init; }
    public string? VersionLabel { get; init; }
    public bool? IsLatestVersion { get; init; }
    public long? BenefactorId { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? CreatedBy { get; init; }
    public string? ModifiedBy { get; init; }
}

public sealed record EntityId
{
    public string? Id { get; init; }
}

public sealed record EntityPath
{
    public IReadOnlyList<EntityHeader> Path { get; init; } = [];
}
