namespace SynapseFs.Client.Configuration;

/// <summary>The bases of the three services, without a slash at the end.</summary>
public sealed record SynapseEndpoints(Uri Repo, Uri Auth, Uri File)
{
    public static SynapseEndpoints Production { get; } = new(
        new Uri("https://repo-prod.prod.sagebase.org/repo/v1"),
        new Uri("https://auth-prod.prod.sagebase.org/auth/v1"),
        new Uri("https://file-prod.prod.sagebase.org/file/v1"));

    public static Uri ProductionPortal { get; } = new("https://www.synapse.org/");

    public static Uri StagingPortal { get; } = new("https://staging.synapse.org/");

    private const string RepoPath = "/repo/v1";

    /// <summary>
    /// From one address: either the bare server ("http://127.0.0.1:7000") or its repository endpoint ("https://host/repo/v1"). Where the
    /// host is Sage's "repo-…", the other services' hosts follow its pattern; elsewhere all three share the host.
    /// </summary>
    /// <exception cref="SynapseConfigurationException">Not such an address.</exception>
    public static SynapseEndpoints FromOverride(string text)
    {
        var uri = EndpointAddress.Parse(text, "the endpoint");
        var path = uri.AbsolutePath.TrimEnd('/');
        if (path.Length > 0 && !path.EndsWith(RepoPath, StringComparison.Ordinal))
            throw new SynapseConfigurationException(
                $"The endpoint '{text}' is neither a server (http://host:port) nor a repository endpoint (…{RepoPath}); give one.");
        var prefix = path.Length == 0 ? "" : path[..^RepoPath.Length];
        return new SynapseEndpoints(
            Join(uri, uri.Host, prefix + RepoPath),
            Join(uri, Sibling(uri.Host, "auth-"), prefix + "/auth/v1"),
            Join(uri, Sibling(uri.Host, "file-"), prefix + "/file/v1"));
    }

    private static string Sibling(string host, string prefix) =>
        host.StartsWith("repo-", StringComparison.OrdinalIgnoreCase) && host.EndsWith(".sagebase.org", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(prefix, host.AsSpan(5))
            : host;

    private static Uri Join(Uri original, string host, string path) =>
        new UriBuilder(original.Scheme, host, original.IsDefaultPort ? -1 : original.Port, path).Uri;
}
