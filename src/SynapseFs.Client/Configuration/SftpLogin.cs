using System.Text;

namespace SynapseFs.Client.Configuration;

/// <summary>As whom to sign in at an SFTP server, and where that was found.</summary>
internal sealed record SftpLogin
{
    public required string UserName { get; init; }

    /// <summary>A secret, or null; never printed.</summary>
    public string? Password { get; init; }

    /// <summary>Private keys to offer, as files.</summary>
    public IReadOnlyList<string> PrivateKeys { get; init; } = [];

    /// <summary>Of the private keys. A secret, or null; never printed.</summary>
    public string? Passphrase { get; init; }

    /// <summary>For people: "section [sftp://host] of /home/a/.synapseConfig".</summary>
    public required string Source { get; init; }

    // The generated one would print the secrets.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("UserName = ").Append(UserName).Append(" from ").Append(Source);
        return true;
    }
}
