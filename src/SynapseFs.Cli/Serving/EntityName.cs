using System.Text;

namespace SynapseFs.Cli.Serving;

/// <summary>Names that Synapse takes: letters, digits, spaces, underscores, hyphens, periods, plus signs, apostrophes, parentheses; at most 256.</summary>
internal static class EntityName
{
    private const int Longest = 256;
    private const string Marks = " _-.+'()";

    /// <summary>The name itself where Synapse takes it, otherwise with an underscore for each character that it refuses.</summary>
    public static string From(string fileName)
    {
        var name = new StringBuilder(fileName.Length);
        foreach (var rune in fileName.Trim().EnumerateRunes())
            name.Append(rune.IsAscii && (Rune.IsLetterOrDigit(rune) || Marks.Contains((char)rune.Value)) ? (char)rune.Value : '_');
        return name.Length == 0 ? "_" : name.ToString(0, Math.Min(name.Length, Longest));
    }
}
