using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>How something came about: what was used, what was executed. Source: <c>provenance.Activity</c>.</summary>
public sealed record Activity
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? CreatedBy { get; init; }
    public string? ModifiedBy { get; init; }
    public IReadOnlyList<Used>? Used { get; init; }
}

/// <summary>An entity (UsedEntity: the reference) or an address (UsedURL: name and url).</summary>
public sealed record Used
{
    public const string Entity = "org.sagebionetworks.repo.model.provenance.UsedEntity";
    public const string Address = "org.sagebionetworks.repo.model.provenance.UsedURL";

    public string? ConcreteType { get; init; }

    /// <summary>Executed rather than used.</summary>
    public bool? WasExecuted { get; init; }
    public Reference? Reference { get; init; }
    public string? Name { get; init; }
    public string? Url { get; init; }
}

/// <summary>GET /activity/{id}/generated.</summary>
public sealed record ReferencePage
{
    public IReadOnlyList<Reference> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

/// <summary>Records of provenance.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(ReferencePage))]
[JsonSerializable(typeof(IReadOnlyList<Used>), TypeInfoPropertyName = "UsedList")]
public sealed partial class ActivityJson : JsonSerializerContext;
