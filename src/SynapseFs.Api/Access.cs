using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>GET /entity/{id}/access.</summary>
public sealed record BooleanResult
{
    public bool? Result { get; init; }
}

/// <summary>GET /entity/{id}/actions/download: what the caller has to do before downloading; empty: nothing.</summary>
public sealed record ActionRequiredList
{
    public IReadOnlyList<ActionRequired> Actions { get; init; } = [];
}

public sealed record ActionRequired
{
    public string? ConcreteType { get; init; }
    public long? BenefactorId { get; init; }
    public long? AccessRequirementId { get; init; }
}

/// <summary>POST /restrictionInformation.</summary>
public sealed record RestrictionInformationRequest
{
    public string? ObjectId { get; init; }
    public string? RestrictableObjectType { get; init; }
}

/// <summary>POST /restrictionInformation/batch.</summary>
public sealed record RestrictionInformationBatchRequest
{
    public IReadOnlyList<string>? ObjectIds { get; init; }
    public string? RestrictableObjectType { get; init; }
}

public sealed record RestrictionInformationBatchResponse
{
    public IReadOnlyList<RestrictionInformation> RestrictionInformation { get; init; } = [];
}

/// <summary>POST /principal/alias.</summary>
public sealed record PrincipalAliasRequest
{
    public string? Alias { get; init; }
    public string? Type { get; init; }
}

public sealed record PrincipalAliasResponse
{
    public long? PrincipalId { get; init; }
}

/// <summary>PUT /entity/{id}/bundle2 and POST /entity/bundle2/create.</summary>
public sealed record EntityBundleCreate
{
    public Entity? Entity { get; init; }
    public Annotations? Annotations { get; init; }
    public AccessControlList? AccessControlList { get; init; }
}

/// <summary>POST /userProfile and other questions by a list of numbers.</summary>
public sealed record IdList
{
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public IReadOnlyList<long> List { get; init; } = [];
}

public sealed record UserProfileList
{
    public IReadOnlyList<UserProfile> List { get; init; } = [];
}
