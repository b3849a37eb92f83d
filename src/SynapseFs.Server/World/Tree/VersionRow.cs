using System.Text.Json;
using SynapseFs.Api;

namespace SynapseFs.Server.World.Tree;

/// <summary>What each version of an entity has for itself.</summary>
internal sealed record VersionRow
{
    public required long NodeId { get; init; }
    public required long Number { get; init; }
    public required string Label { get; init; }
    public string? Comment { get; init; }
    public string? Description { get; init; }
    public required long ModifiedOn { get; init; }
    public required long ModifiedBy { get; init; }
    public long? FileHandleId { get; init; }

    /// <summary>What generated this version.</summary>
    public long? ActivityId { get; init; }
    public IReadOnlyDictionary<string, AnnotationsValue> Annotations { get; init; } = new Dictionary<string, AnnotationsValue>();

    /// <summary>The fields that only this kind of entity has.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields { get; init; } = new Dictionary<string, JsonElement>();
}
