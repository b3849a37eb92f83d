namespace SynapseFs.Api;

/// <summary>GET /userProfile: the caller. Anonymous is <c>ownerId</c> 273950, <c>userName</c> "anonymous".</summary>
public sealed record UserProfile
{
    public string? OwnerId { get; init; }
    public string? Etag { get; init; }
    public string? UserName { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? DisplayName { get; init; }
    public IReadOnlyList<string>? Emails { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
}

/// <summary>POST /userGroupHeaders/… and GET /userGroupHeaders/batch.</summary>
public sealed record UserGroupHeaderPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<UserGroupHeader> Children { get; init; } = [];
}

public sealed record UserGroupHeader
{
    public string? OwnerId { get; init; }
    public string? UserName { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public bool? IsIndividual { get; init; }
}

public sealed record SynapseVersionInfo
{
    public string? Version { get; init; }
    public string? StackInstance { get; init; }
}

public sealed record StackStatus
{
    /// <summary>READ_WRITE, READ_ONLY or DOWN.</summary>
    public string? Status { get; init; }
    public string? CurrentMessage { get; init; }
    public string? PendingMaintenanceMessage { get; init; }
}

/// <summary>The body of every refusal.</summary>
public sealed record ErrorResponse
{
    public string? ConcreteType { get; init; }
    public string? Reason { get; init; }
    public string? ErrorCode { get; init; }
    public string? Error { get; init; }
    [System.Text.Json.Serialization.JsonPropertyName("error_description")]
    public string? ErrorDescription { get; init; }
}
