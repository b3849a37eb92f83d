namespace SynapseFs.Entities.Files;

/// <summary>An MD5 as uploaders sent it, in the form a content key wants. Pure.</summary>
internal static class Md5Text
{
    /// <summary>32 lower-case hex digits, or null when that is not what was sent.</summary>
    public static string? Normalize(string? md5) =>
        md5 is { Length: 32 } && md5.All(char.IsAsciiHexDigit) ? md5.ToLowerInvariant() : null;
}
