using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>URLs that point out of Synapse. Any scheme is taken; a bare path, which .NET would take for a file, is none.</summary>
internal static class UrlRule
{
    public static string CheckExternal(string? url)
    {
        var scheme = url?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        var isUrl = scheme > 0 && !url!.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && Uri.CheckSchemeName(url![..scheme])
            && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Host.Length > 0 || parsed.IsFile);
        return isUrl ? url! : throw ServiceException.BadRequest($"The External URL is not a valid url: {url}");
    }
}
