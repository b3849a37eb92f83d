using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>GET /user.</summary>
public sealed record UserProfilePage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<UserProfile> Results { get; init; } = [];
}

/// <summary>GET /user/bundle and GET /user/{id}/bundle: the parts that the mask asks for.</summary>
public sealed record UserBundle
{
    public string? UserId { get; init; }
    public UserProfile? UserProfile { get; init; }

    [JsonPropertyName("ORCID")]
    public string? Orcid { get; init; }
    public bool? IsCertified { get; init; }
    public bool? IsVerified { get; init; }

    [JsonPropertyName("isACTMember")]
    public bool? IsActMember { get; init; }

    [JsonPropertyName("isARReviewer")]
    public bool? IsArReviewer { get; init; }
}

/// <summary>GET /user/{id}/certifiedUserPassingRecord. Source: <c>quiz.PassingRecord</c>.</summary>
public sealed record PassingRecord
{
    public string? UserId { get; init; }
    public long? QuizId { get; init; }
    public bool? Passed { get; init; }
    public DateTimeOffset? PassedOn { get; init; }
    public bool? Revoked { get; init; }
    public bool? Certified { get; init; }
}

/// <summary>POST /userGroupHeaders/aliases.</summary>
public sealed record AliasList
{
    public IReadOnlyList<string>? List { get; init; }
}

public sealed record UserGroupHeaderList
{
    public IReadOnlyList<UserGroupHeader> List { get; init; } = [];
}

/// <summary>POST /principal/available.</summary>
public sealed record AliasCheckResponse
{
    public bool? Available { get; init; }
    public bool? Valid { get; init; }
}

/// <summary>A whole number of things.</summary>
public sealed record CountResult
{
    public long? Count { get; init; }
}

/// <summary>Records of people.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(UserProfilePage))]
[JsonSerializable(typeof(UserBundle))]
[JsonSerializable(typeof(PassingRecord))]
[JsonSerializable(typeof(AliasList))]
[JsonSerializable(typeof(UserGroupHeaderList))]
[JsonSerializable(typeof(AliasCheckResponse))]
[JsonSerializable(typeof(CountResult))]
public sealed partial class PeopleJson : JsonSerializerContext;
