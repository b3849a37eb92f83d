using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>auth: POST /login2, POST /login.</summary>
public sealed record LoginRequest
{
    public string? Username { get; init; }
    public string? Password { get; init; }
    public string? AuthenticationReceipt { get; init; }

    // A record would print the password.
    public override string ToString() => $"{nameof(LoginRequest)} {Username}";
}

/// <summary>auth: POST /session of clients of 2018; the name may be a user name or an e-mail address.</summary>
public sealed record LoginCredentials
{
    public string? Email { get; init; }
    public string? Password { get; init; }

    public override string ToString() => $"{nameof(LoginCredentials)} {Email}";
}

public sealed record LoginResponse
{
    public string? AccessToken { get; init; }

    /// <summary>The same, in the answer of the old calls.</summary>
    public string? SessionToken { get; init; }
    public bool? AcceptsTermsOfUse { get; init; }
    public string? AuthenticationReceipt { get; init; }

    public override string ToString() => nameof(LoginResponse);
}

/// <summary>auth: GET /secretKey.</summary>
public sealed record SecretKey
{
    [JsonPropertyName("secretKey")]
    public string? Key { get; init; }

    public override string ToString() => nameof(SecretKey);
}

/// <summary>auth: GET /authenticatedOn.</summary>
public sealed record AuthenticatedOn
{
    [JsonPropertyName("authenticatedOn")]
    public DateTimeOffset? When { get; init; }
}

/// <summary>auth: GET /termsOfUse2/info.</summary>
public sealed record TermsOfServiceInfo
{
    public string? TermsOfServiceUrl { get; init; }
    public string? LatestTermsOfServiceVersion { get; init; }
    public TermsOfServiceRequirements? CurrentRequirements { get; init; }
}

public sealed record TermsOfServiceRequirements
{
    public DateTimeOffset? RequirementDate { get; init; }
    public string? MinimumTermsOfServiceVersion { get; init; }
}

/// <summary>auth: GET /termsOfUse2/status.</summary>
public sealed record TermsOfServiceStatus
{
    public string? UserId { get; init; }

    /// <summary>MUST_AGREE_NOW, MUST_AGREE_SOON or UP_TO_DATE.</summary>
    public string? UserCurrentTermsOfServiceState { get; init; }
    public DateTimeOffset? LastAgreementDate { get; init; }
    public string? LastAgreementVersion { get; init; }
}

/// <summary>auth: POST /termsOfUse2. The token in the body says who signs.</summary>
public sealed record TermsOfServiceSignRequest
{
    public string? AccessToken { get; init; }
    public string? TermsOfServiceVersion { get; init; }

    public override string ToString() => nameof(TermsOfServiceSignRequest);
}

/// <summary>auth: POST /user/changePassword, by the password that is known.</summary>
public sealed record ChangePasswordRequest
{
    public string? ConcreteType { get; init; }
    public string? Username { get; init; }
    public string? CurrentPassword { get; init; }
    public string? NewPassword { get; init; }
    public string? AuthenticationReceipt { get; init; }

    public override string ToString() => $"{nameof(ChangePasswordRequest)} {Username}";
}

/// <summary>Records of logging in.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginCredentials))]
[JsonSerializable(typeof(LoginResponse))]
[JsonSerializable(typeof(SecretKey))]
[JsonSerializable(typeof(AuthenticatedOn))]
[JsonSerializable(typeof(TermsOfServiceInfo))]
[JsonSerializable(typeof(TermsOfServiceStatus))]
[JsonSerializable(typeof(TermsOfServiceSignRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
public sealed partial class LoginJson : JsonSerializerContext;
