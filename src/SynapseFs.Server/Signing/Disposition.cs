using System.Text;

namespace SynapseFs.Server.Signing;

/// <summary>What may stand in the headers of a download. Source: ContentDispositionUtils.</summary>
internal static class Disposition
{
    /// <summary>Names the file twice: in ISO-8859-1 with what does not fit replaced, and in full, percent-encoded.</summary>
    public static string Of(string fileName) => $"attachment; filename=\"{Latin(fileName)}\"; filename*=utf-8''{Escape(fileName)}";

    /// <summary>The text with everything that a header cannot carry, line ends above all, replaced.</summary>
    public static string Latin(string text) =>
        string.Concat(text.Select(c => c is (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u00FF') ? c : '_'));

    // Letters, digits and the dot stay.
    private static string Escape(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(
        value => char.IsAsciiLetterOrDigit((char)value) || value == '.' ? ((char)value).ToString() : $"%{value:X2}"));
}
