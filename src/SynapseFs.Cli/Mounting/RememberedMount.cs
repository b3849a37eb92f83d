using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SynapseFs.Client.Configuration;
using SynapseFs.Core.Providers;

namespace SynapseFs.Cli.Mounting;

/// <summary>
/// What a cache directory holds, in mount.json beside its databases: enough to mount it again when Synapse cannot be asked what the
/// source is and whose the token is.
/// </summary>
internal sealed record RememberedMount
{
    private const string FileName = "mount.json";

    public required string Endpoint { get; init; }

    /// <summary>SHA-256 of the token, which tells one account's mounts from another's without keeping the secret.</summary>
    public required string TokenFingerprint { get; init; }

    /// <summary>The source as it was typed; empty for the projects.</summary>
    public required string Asked { get; init; }

    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string RemoteId { get; init; }

    public required string Name { get; init; }

    public required string PrincipalId { get; init; }

    public required string Account { get; init; }

    public static RememberedMount Of(MountSource source, string? asked, SynapseSettings settings) => new()
    {
        Endpoint = settings.Endpoints.Repo.AbsoluteUri,
        TokenFingerprint = Fingerprint(settings.Token),
        Asked = asked ?? "",
        Id = source.Id,
        Kind = source.Root.Kind.Name,
        RemoteId = source.Root.RemoteId,
        Name = source.Name,
        PrincipalId = source.PrincipalId,
        Account = source.Account,
    };

    /// <summary>What was mounted from this directory, if the same account asked the same of the same server; else null.</summary>
    public static RememberedMount? Read(string directory, string? asked, SynapseSettings settings)
    {
        try
        {
            var found = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(directory, FileName)), CliJson.Readable.RememberedMount);
            return found is not null && found.Endpoint == settings.Endpoints.Repo.AbsoluteUri && found.TokenFingerprint == Fingerprint(settings.Token) &&
                (found.Asked == (asked ?? "") || found.Id == asked) ? found : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The same, sought in all cache directories below a root.</summary>
    public static RememberedMount? Find(string cacheRoot, string? asked, SynapseSettings settings) => Directory.Exists(cacheRoot)
        ? Directory.EnumerateDirectories(cacheRoot).Select(directory => Read(directory, asked, settings)).FirstOrDefault(found => found is not null)
        : null;

    /// <summary>Writes nothing where that stands already: the disk may be full of what the next mount has to send.</summary>
    public void Write(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var text = JsonSerializer.Serialize(this, CliJson.Readable.RememberedMount);
        if (!File.Exists(path) || File.ReadAllText(path) != text)
            PrivateFile.Write(path, text);
    }

    public MountSource ToSource() => new()
    {
        Root = new RemoteNode(new NodeKind(Kind), RemoteId, "", null),
        Id = Id,
        Name = Name,
        PrincipalId = PrincipalId,
        Account = Account,
    };

    private static string Fingerprint(string? token) =>
        token is null ? "anonymous" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
