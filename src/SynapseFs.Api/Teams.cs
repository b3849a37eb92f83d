using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>A team: a principal that ACLs may name.</summary>
public sealed record Team
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }

    /// <summary>A file handle's id.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Icon { get; init; }
    public bool? CanPublicJoin { get; init; }
    public bool? CanRequestMembership { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? CreatedBy { get; init; }
    public string? ModifiedBy { get; init; }
}

/// <summary>GET /teams and GET /user/{id}/team.</summary>
public sealed record TeamPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<Team> Results { get; init; } = [];
}

/// <summary>POST /teamList.</summary>
public sealed record TeamList
{
    public IReadOnlyList<Team> List { get; init; } = [];
}

/// <summary>GET /user/{id}/team/id.</summary>
public sealed record TeamIdPage
{
    public IReadOnlyList<string> TeamIds { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record TeamMember
{
    public string? TeamId { get; init; }
    public UserGroupHeader? Member { get; init; }
    public bool? IsAdmin { get; init; }
}

/// <summary>GET /teamMembers/{id}.</summary>
public sealed record TeamMemberPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<TeamMember> Results { get; init; } = [];
}

/// <summary>POST /team/{id}/memberList and POST /user/{id}/memberList.</summary>
public sealed record TeamMemberList
{
    public IReadOnlyList<TeamMember> List { get; init; } = [];
}

/// <summary>GET /team/{id}/member/{principalId}/membershipStatus.</summary>
public sealed record TeamMembershipStatus
{
    public string? TeamId { get; init; }
    public string? UserId { get; init; }
    public bool? IsMember { get; init; }
    public bool? HasOpenInvitation { get; init; }
    public bool? HasOpenRequest { get; init; }
    public bool? CanJoin { get; init; }
    public bool? MembershipApprovalRequired { get; init; }
    public bool? HasUnmetAccessRequirement { get; init; }
    public bool? CanSendEmail { get; init; }
}

/// <summary>To a user or to an e-mail address.</summary>
public sealed record MembershipInvitation
{
    public string? Id { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? TeamId { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? InviteeId { get; init; }
    public string? InviteeEmail { get; init; }
    public string? Message { get; init; }
    public DateTimeOffset? ExpiresOn { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
}

public sealed record MembershipInvitationPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<MembershipInvitation> Results { get; init; } = [];
}

public sealed record MembershipRequest
{
    public string? Id { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? TeamId { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? UserId { get; init; }
    public string? Message { get; init; }
    public DateTimeOffset? ExpiresOn { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
}

public sealed record MembershipRequestPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<MembershipRequest> Results { get; init; } = [];
}

/// <summary>Proves that the bearer has the e-mail address that an invitation went to.</summary>
public sealed record InviteeVerificationToken
{
    public string? ConcreteType { get; init; }
    public string? InviteeId { get; init; }
    public string? MembershipInvitationId { get; init; }
    public DateTimeOffset? ExpiresOn { get; init; }
    public string? Hmac { get; init; }
}

/// <summary>Records of teams.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(TeamPage))]
[JsonSerializable(typeof(TeamList))]
[JsonSerializable(typeof(TeamIdPage))]
[JsonSerializable(typeof(TeamMember))]
[JsonSerializable(typeof(TeamMemberPage))]
[JsonSerializable(typeof(TeamMemberList))]
[JsonSerializable(typeof(TeamMembershipStatus))]
[JsonSerializable(typeof(MembershipInvitation))]
[JsonSerializable(typeof(MembershipInvitationPage))]
[JsonSerializable(typeof(MembershipRequest))]
[JsonSerializable(typeof(MembershipRequestPage))]
[JsonSerializable(typeof(InviteeVerificationToken))]
public sealed partial class TeamJson : JsonSerializerContext;
