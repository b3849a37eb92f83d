using System.Text;

namespace SynapseFs.Client.Configuration;

/// <summary>What the command line says, and the world to look around in. Anything null is looked up.</summary>
public sealed record ConfigurationRequest
{
    public string? Profile { get; init; }

    /// <summary>The configuration file; null: ~/.synapseConfig, which need not exist.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>http://host:port or a repository endpoint; beats the file's [endpoints].</summary>
    public string? Endpoint { get; init; }

    public string? UserName { get; init; }

    /// <summary>Beats file and environment.</summary>
    public string? Token { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public required string HomeDirectory { get; init; }

    public string EffectiveConfigPath => ConfigPath ?? Path.Combine(HomeDirectory, ".synapseConfig");

    // The generated one would print the token.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Profile = ").Append(Profile).Append(", ConfigPath = ").Append(EffectiveConfigPath);
        return true;
    }
}
