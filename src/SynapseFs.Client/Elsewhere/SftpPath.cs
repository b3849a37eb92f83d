namespace SynapseFs.Client.Elsewhere;

/// <summary>Addresses of files at SFTP servers: sftp://host[:port]/path, each name escaped, the path absolute. Pure.</summary>
internal static class SftpPath
{
    public const string Scheme = "sftp";

    private const int StandardPort = 22;

    public static int PortOf(Uri address) => address.Port > 0 ? address.Port : StandardPort;

    public static string Of(Uri address) => Uri.UnescapeDataString(address.AbsolutePath);

    /// <summary>The address of a name in a directory.</summary>
    public static Uri Join(Uri directory, string name) =>
        new($"{directory.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Uri.EscapeDataString(name)}");

    /// <summary>The directory's address with its last name replaced, if it is a UUID as Synapse makes one for each upload; else below it.</summary>
    public static Uri InPlaceOfUuid(Uri directory, Guid uuid)
    {
        var text = directory.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var slash = text.LastIndexOf('/');
        return new Uri(Guid.TryParse(text.AsSpan(slash + 1), out _) ? $"{text[..slash]}/{uuid}" : $"{text}/{uuid}");
    }

    /// <summary>Every directory above a path, the outermost first, without the root.</summary>
    public static IEnumerable<string> DirectoriesOf(string path)
    {
        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }
}
