using SynapseFs.Server.Http;

namespace SynapseFs.Server.World.People;

internal sealed record TokenRow
{
    public required long Id { get; init; }
    public required long UserId { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required long CreatedOn { get; init; }
    public required long LastUsed { get; init; }
    public long? ExpiresOn { get; init; }
    public required bool IsPersonal { get; init; }

    /// <summary>The userInfoClaims that it was made with, as JSON.</summary>
    public string? Claims { get; init; }

    /// <summary>Whether its owner logged out.</summary>
    public required bool IsRevoked { get; init; }
}
