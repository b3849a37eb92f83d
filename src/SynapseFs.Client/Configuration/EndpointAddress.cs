namespace SynapseFs.Client.Configuration;

/// <summary>Reads one endpoint as people write it, and says what is wrong with it.</summary>
internal static class EndpointAddress
{
    public static Uri Parse(string text, string what)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            throw new SynapseConfigurationException(
                $"{Capital(what)} '{Shown(text)}' is not a web address; write it as https://host/path or http://host:port.");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new SynapseConfigurationException(
                $"{Capital(what)} for host '{uri.Host}' holds a user, a query or a fragment; write it as https://host/path.");
        return new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }

    // What stands before an @ may be a password.
    private static string Shown(string text) => text.Contains('@', StringComparison.Ordinal) ? text[(text.LastIndexOf('@') + 1)..] : text;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
