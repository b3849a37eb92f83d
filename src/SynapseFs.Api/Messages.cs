using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>A message whose text is a file. Source: <c>message.MessageToUser</c>.</summary>
public sealed record MessageToUser
{
    public string? Id { get; init; }
    public string? CreatedBy { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? FileHandleId { get; init; }

    /// <summary>Users and teams.</summary>
    [JsonConverter(typeof(LenientTextListConverter))]
    public IReadOnlyList<string>? Recipients { get; init; }
    public string? Subject { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? InReplyTo { get; init; }

    /// <summary>The first message of the conversation.</summary>
    public string? InReplyToRoot { get; init; }
    public string? NotificationUnsubscribeEndpoint { get; init; }
    public string? UserProfileSettingEndpoint { get; init; }
    public bool? WithUnsubscribeLink { get; init; }
    public bool? WithProfileSettingLink { get; init; }
    public bool? IsNotificationMessage { get; init; }
    public string? To { get; init; }
    public string? Cc { get; init; }
    public string? Bcc { get; init; }
}

/// <summary>POST /message/{id}/forward.</summary>
public sealed record MessageRecipientSet
{
    [JsonConverter(typeof(LenientTextListConverter))]
    public IReadOnlyList<string>? Recipients { get; init; }
}

/// <summary>PUT /message/status.</summary>
public sealed record MessageStatus
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? MessageId { get; init; }
    public string? RecipientId { get; init; }

    /// <summary>READ, UNREAD or ARCHIVED.</summary>
    public string? Status { get; init; }
}

public sealed record MessageBundle
{
    public MessageToUser? Message { get; init; }
    public MessageStatus? Status { get; init; }
}

/// <summary>GET /message/inbox.</summary>
public sealed record MessageBundlePage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<MessageBundle> Results { get; init; } = [];
}

/// <summary>GET /message/outbox and GET /message/{id}/conversation.</summary>
public sealed record MessagePage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<MessageToUser> Results { get; init; } = [];
}

/// <summary>Records of messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(MessageToUser))]
[JsonSerializable(typeof(MessageRecipientSet))]
[JsonSerializable(typeof(MessageStatus))]
[JsonSerializable(typeof(MessageBundlePage))]
[JsonSerializable(typeof(MessagePage))]
public sealed partial class MessageJson : JsonSerializerContext;
