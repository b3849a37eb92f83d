using System.Text.Json;
using System.Text.Json.Serialization;

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
    public IReadOnlyList<string>? OpenIds { get; init; }

    [JsonPropertyName("rStudioUrl")]
    public string? RStudioUrl { get; init; }
    public string? Summary { get; init; }
    public string? Position { get; init; }
    public string? Location { get; init; }
    public string? Industry { get; init; }
    public string? Company { get; init; }

    /// <summary>The service's own spelling.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? ProfilePicureFileHandleId { get; init; }
    public string? Url { get; init; }
    public string? TeamName { get; init; }
    public NotificationSettings? NotificationSettings { get; init; }

    /// <summary>UserPreferences, kept as they came.</summary>
    public IReadOnlyList<JsonElement>? Preferences { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public bool? TwoFactorAuthEnabled { get; init; }
}

/// <summary>What a user wants to be told by e-mail. Source: <c>message.Settings</c>.</summary>
public sealed record NotificationSettings
{
    public bool? SendEmailNotifications { get; init; }
    public bool? MarkEmailedMessagesAsRead { get; init; }
}

/// <summary>GET /userGroupHeaders and GET /userGroupHeaders/batch.</summary>
public sealed record UserGroupHeaderPage
{
    public string? PrefixFilter { get; init; }
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
    [JsonPropertyName("error_description")]
    public string? ErrorDescription { get; init; }
}
