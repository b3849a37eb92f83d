using System.Buffers;
using System.Text;

namespace SynapseFs.Entities;

/// <summary>What Synapse takes as a name (its NameValidation). Pure.</summary>
internal static class NameAlphabet
{
    /// <summary>Characters of a name at most.</summary>
    public const int MaximumLength = 256;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,_. -+()'");

    public static bool Contains(Rune rune) => rune.IsAscii && Allowed.Contains((char)rune.Value);

    /// <summary>Whether all signs of it are allowed and no blank stands at an end, whatever its length.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name[0] != ' ' && name[^1] != ' ' && !name.AsSpan().ContainsAnyExcept(Allowed);
}
