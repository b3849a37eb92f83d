using SynapseFs.Server.Http;

namespace SynapseFs.Server;

/// <summary>A user that the options ask for, with one token.</summary>
public sealed record ServerUser
{
    public required string Name { get; init; }

    /// <summary>The access token; null: a random one is made (see <see cref="SynapseServer.Accounts"/>).</summary>
    public string? Token { get; init; }

    /// <summary>The password to log in with; null: only by token, or by the password that the user has already.</summary>
    public string? Password { get; init; }

    /// <summary>OAuth scopes of the token.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["view", "download", "modify"];

    /// <summary>When the token ends; null: never.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>Only certified users may create or update anything but projects.</summary>
    public bool IsCertified { get; init; } = true;

    /// <summary>Whoever has not accepted the terms is refused everywhere.</summary>
    public bool HasAcceptedTerms { get; init; } = true;

    /// <summary>
    /// Fixed teams that the user belongs to, by number, such as 464532 (access and compliance); membership lasts until it is given up.
    /// </summary>
    public IReadOnlyList<long> Teams { get; init; } = [];

    // A record would print the token.
    public override string ToString() => $"{nameof(ServerUser)} {Name}";
}
