namespace SynapseFs.Server.World.People;

/// <summary>How a user proves to be the user. Times are Unix milliseconds.</summary>
internal sealed record CredentialRow
{
    /// <summary>See <see cref="Rules.PasswordHash"/>; null: no login by password.</summary>
    public string? Password { get; init; }
    public string? SecretKey { get; init; }
    public long? AuthenticatedOn { get; init; }

    /// <summary>In a row, since the last success.</summary>
    public required long FailedLogins { get; init; }
    public required long LockedUntil { get; init; }

    public override string ToString() => nameof(CredentialRow);
}
