namespace SynapseFs.Client.Configuration;

/// <summary>
/// Credentials for storage outside Synapse, in the sections that the official client reads: [sftp://HOST] and [ENDPOINT/BUCKET]. They are
/// read when a connection is made, and kept nowhere: a corrected file counts at the next try.
/// </summary>
/// <param name="configPath">The configuration file; it need not exist.</param>
/// <param name="homeDirectory">Where .ssh lies.</param>
public sealed class StorageLogins(string configPath, string homeDirectory)
{
    private const string DefaultProfile = "default";

    // What ssh itself tries, best first.
    private static readonly string[] KeyNames = ["id_ed25519", "id_ecdsa", "id_rsa"];

    /// <summary>Nobody's: no file and no home.</summary>
    public static StorageLogins None { get; } = new(Path.Combine(Path.GetTempPath(), "no-configuration", ".synapseConfig"), Path.Combine(
        Path.GetTempPath(), "no-configuration"));

    public string ConfigPath => configPath;

    /// <summary>Files that name the hosts whose keys are trusted, as ssh reads them; they need not exist.</summary>
    internal IReadOnlyList<string> KnownHosts => [Path.Combine(homeDirectory, ".ssh", "known_hosts"), "/etc/ssh/ssh_known_hosts"];

    /// <summary>
    /// <c>username</c> and <c>password</c>, or <c>private_key</c> (a file) and <c>passphrase</c>. Without either the keys that ssh would
    /// offer, without a user name this account's.
    /// </summary>
    /// <exception cref="SynapseConfigurationException">The file cannot be read.</exception>
    internal SftpLogin OfSftp(string host, int port)
    {
        var file = IniFile.Read(configPath);
        string[] candidates = [$"sftp://{host}:{port}", $"sftp://{host}"];
        var section = candidates.FirstOrDefault(name => !file.IsEmpty(name));
        string? Option(string name) => section is not null && file.Get(section, name) is { Length: > 0 } value ? value : null;
        var password = Option("password");
        return new SftpLogin
        {
            UserName = Option("username") ?? Environment.UserName,
            Password = password,
            PrivateKeys = Option("private_key") is { } key ? [Expanded(key)] : password is null ? DefaultKeys() : [],
            Passphrase = Option("passphrase"),
            Source = section is null
                ? $"{configPath}, which has no section [sftp://{host}]"
                : $"section [{section}] of {configPath}",
        };
    }

    /// <summary>The AWS profile whose keys open a bucket.</summary>
    /// <exception cref="SynapseConfigurationException">The file cannot be read.</exception>
    internal StoreLogin OfStore(Uri endpoint, string bucket)
    {
        var file = IniFile.Read(configPath);
        var section = $"{endpoint.OriginalString.TrimEnd('/')}/{bucket}";
        return file.Get(section, "profile_name") is { Length: > 0 } profile
            ? new StoreLogin(profile, $"section [{section}] of {configPath}")
            : new StoreLogin(DefaultProfile, $"{configPath}, which names no profile_name in a section [{section}]");
    }

    private List<string> DefaultKeys() =>
        [.. KeyNames.Select(name => Path.Combine(homeDirectory, ".ssh", name)).Where(File.Exists)];

    private string Expanded(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(homeDirectory, path[2..]) : Path.Combine(homeDirectory, path);
}

/// <summary>Which AWS profile opens a bucket.</summary>
/// <param name="Source">Where that was found, for people.</param>
internal sealed record StoreLogin(string Profile, string Source);
