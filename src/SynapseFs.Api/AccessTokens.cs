using System.Text.Json;

namespace SynapseFs.Api;

/// <summary>auth: POST /personalAccessToken.</summary>
public sealed record AccessTokenGenerationRequest
{
    public IReadOnlyList<string>? Scope { get; init; }
    public string? Name { get; init; }

    /// <summary>Claims of OpenID Connect, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement>? UserInfoClaims { get; init; }
}

public sealed record AccessTokenGenerationResponse
{
    public string? Token { get; init; }
}

public sealed record AccessTokenRecord
{
    public string? Id { get; init; }
    public string? UserId { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public IReadOnlyDictionary<string, JsonElement>? UserInfoClaims { get; init; }
    public string? Name { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? LastUsed { get; init; }
    /// <summary>ACTIVE or EXPIRED.</summary>
    public string? State { get; init; }
}

public sealed record AccessTokenRecordList
{
    public IReadOnlyList<AccessTokenRecord> Results { get; init; } = [];
    public string? NextPageToken { get; init; }
}
