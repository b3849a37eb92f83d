using System.Text;

namespace SynapseFs.Client.Configuration;

/// <summary>Whom to talk to and as whom.</summary>
public sealed record SynapseSettings
{
    public SynapseEndpoints Endpoints { get; init; } = SynapseEndpoints.Production;

    /// <summary>The web portal, for addresses shown to people.</summary>
    public Uri Portal { get; init; } = SynapseEndpoints.ProductionPortal;

    /// <summary>A secret, or null for anonymous; never printed.</summary>
    public string? Token { get; init; }

    /// <summary>Who the token is said to belong to, if anyone said so: a user name or an e-mail address.</summary>
    public string? UserName { get; init; }

    /// <summary>"default" or the profile's name.</summary>
    public string? Profile { get; init; }

    /// <summary>Where the token came from, for people: "section [default] of /home/a/.synapseConfig".</summary>
    public string TokenSource { get; init; } = "nowhere: no token is configured";

    /// <summary>Where the official Python client keeps files that it downloaded; null when nobody knows.</summary>
    public string? PythonCache { get; init; }

    /// <summary>Credentials for storage outside Synapse.</summary>
    public StorageLogins Storages { get; init; } = StorageLogins.None;

    /// <summary>What a person should hear about the configuration, one sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    // The generated one would print the token.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Repo = ").Append(Endpoints.Repo).Append(", UserName = ").Append(UserName).Append(", Profile = ").Append(Profile)
            .Append(", Token from ").Append(TokenSource);
        return true;
    }
}
