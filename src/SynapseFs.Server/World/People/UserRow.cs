using SynapseFs.Api;

namespace SynapseFs.Server.World.People;

internal sealed record UserRow
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Email { get; init; }
    public required bool IsCertified { get; init; }
    public required bool HasAcceptedTerms { get; init; }
    public required long CreatedOn { get; init; }
    public required string Etag { get; init; }

    /// <summary>The other fields that the owner writes.</summary>
    public UserProfile Profile { get; init; } = new();
}
