using System.Globalization;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.People;

/// <summary>On whose behalf a request runs.</summary>
internal sealed record Caller
{
    public static Caller Nobody { get; } = new()
    {
        Id = Principals.Anonymous,
        Groups = [Principals.Anonymous, Principals.Public],
        Scopes = [],
        IsCertified = false,
    };

    public required long Id { get; init; }

    /// <summary>Every principal whose rights the caller has: itself and its groups.</summary>
    public required IReadOnlyList<long> Groups { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required bool IsCertified { get; init; }
    public bool HasAcceptedTerms { get; init; } = true;

    /// <summary>The token that the call came with; null: it was signed, or is nobody's.</summary>
    public long? TokenId { get; init; }

    /// <summary>Of the access and compliance team.</summary>
    public bool IsCompliance => Groups.Contains(Principals.AccessAndCompliance);
    public bool IsAnonymous => Id == Principals.Anonymous;
    public string IdText => Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The groups as a JSON array, as statements take lists.</summary>
    public string GroupsJson => $"[{string.Join(',', Groups)}]";

    public static Caller Of(UserRow user, IReadOnlyList<string> scopes, IReadOnlyList<long> teams) => new()
    {
        Id = user.Id,
        Groups = user.IsCertified
            ? [user.Id, Principals.Public, Principals.AuthenticatedUsers, Principals.CertifiedUsers, .. teams]
            : [user.Id, Principals.Public, Principals.AuthenticatedUsers, .. teams],
        Scopes = scopes,
        IsCertified = user.IsCertified,
        HasAcceptedTerms = user.HasAcceptedTerms,
    };
}
