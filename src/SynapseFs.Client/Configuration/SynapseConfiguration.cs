using System.Text.RegularExpressions;

namespace SynapseFs.Client.Configuration;

/// <summary>
/// Finds endpoints and credentials in the order of the official Python client: what the command says, then the configuration file,
/// then the environment. So the file beats SYNAPSE_AUTH_TOKEN.
/// </summary>
public static partial class SynapseConfiguration
{
    public const string DefaultProfile = "default";
    public const string TokenVariable = "SYNAPSE_AUTH_TOKEN";
    public const string ProfileVariable = "SYNAPSE_PROFILE";
    internal const string LegacySection = "authentication";

    /// <exception cref="SynapseConfigurationException">Something given cannot be used; the message names it and the remedy.</exception>
    public static SynapseSettings Load(ConfigurationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = request.EffectiveConfigPath;
        if (request.ConfigPath is not null && !File.Exists(path))
            throw new SynapseConfigurationException($"The configuration file {path} does not exist; create it, or leave the option out.");
        var file = IniFile.Read(path);
        var notices = new List<string>();
        var credentials = Credentials.Find(request, file, notices);
        if (credentials.Token is not null)
            AccessToken.Check(credentials.Token, credentials.Source);
        var endpoints = FindEndpoints(request, file);
        if (credentials.Token is not null && endpoints.Repo is { Scheme: "http", IsLoopback: false })
            notices.Add($"The token travels unencrypted to {endpoints.Repo.Host}; use https where others can listen.");
        return new SynapseSettings
        {
            Endpoints = endpoints,
            Portal = FindPortal(file, endpoints),
            Token = credentials.Token,
            UserName = credentials.UserName,
            Profile = credentials.Profile,
            TokenSource = credentials.Source,
            PythonCache = FindPythonCache(request, file),
            Storages = new StorageLogins(path, request.HomeDirectory),
            Notices = notices,
        };
    }

    internal static string SectionOf(string profile) => profile == DefaultProfile ? DefaultProfile : $"profile {profile}";

    // Nowhere when there is no home and the file says nothing.
    private static string? FindPythonCache(ConfigurationRequest request, IniFile file)
    {
        var location = file.Get("cache", "location") is { Length: > 0 } given ? Expanded(given, request) : ".synapseCache";
        var path = Path.Combine(request.HomeDirectory, location);
        return Path.IsPathFullyQualified(path) ? path : null;
    }

    // ~ and $NAME or ${NAME}, as Python's expanduser and expandvars; an unknown variable stays as it is written.
    private static string Expanded(string path, ConfigurationRequest request)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            path = request.HomeDirectory + path[1..];
        return Variable().Replace(path, match => request.Environment(match.Groups["name"].Value) ?? match.Value);
    }

    [GeneratedRegex(@"\$(?:(?<name>\w+)|\{(?<name>[^}]*)\})")]
    private static partial Regex Variable();

    private static SynapseEndpoints FindEndpoints(ConfigurationRequest request, IniFile file)
    {
        if (!string.IsNullOrWhiteSpace(request.Endpoint))
            return SynapseEndpoints.FromOverride(request.Endpoint);
        var production = SynapseEndpoints.Production;
        return new SynapseEndpoints(
            Configured(file, "repoEndpoint") ?? production.Repo,
            Configured(file, "authEndpoint") ?? production.Auth,
            Configured(file, "fileHandleEndpoint") ?? production.File);
    }

    private static Uri? Configured(IniFile file, string option) =>
        file.Get("endpoints", option) is { Length: > 0 } text
            ? EndpointAddress.Parse(text, $"{option} in section [endpoints] of {file.Path}")
            : null;

    private static Uri FindPortal(IniFile file, SynapseEndpoints endpoints)
    {
        if (Configured(file, "portalEndpoint") is { } configured)
            return configured;
        return endpoints.Repo.Host.StartsWith("repo-staging.", StringComparison.OrdinalIgnoreCase)
            ? SynapseEndpoints.StagingPortal
            : SynapseEndpoints.ProductionPortal;
    }
}
