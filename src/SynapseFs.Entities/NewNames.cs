using System.Text;
using SynapseFs.Vfs;

namespace SynapseFs.Entities;

/// <summary>Whether a new thing may have a name, and in which words it is refused. Pure.</summary>
internal static class NewNames
{
    private const string Remedy = "give it another name, or mount with --names=escape, which writes such signs in another way.";

    /// <param name="shown">The name as a person gave it.</param>
    /// <exception cref="FsException">InvalidArgument or NameTooLong, with the reason.</exception>
    public static void Check(EntityNames names, string shown)
    {
        if (shown == EntityNames.HiddenRoom)
            throw Invalid($"'{shown}' is the name of the mount's own hidden directory; choose another.");
        if (shown.Length == 0 || ReservedNames.Contains(shown) || ReservedNames.Unshift(shown) is "." or "..")
            throw Invalid($"'{shown}' can be no name; choose another.");
        if (names.Mode == NamingMode.Escape)
            CheckEscaped(names, shown);
        else
            CheckPlain(shown);
    }

    private static void CheckEscaped(EntityNames names, string shown)
    {
        if (!NameEscapes.CanEncode(shown))
            throw Invalid("A name that is no UTF-8 cannot be kept; give it another name.");
        if (names.ToEntity(shown) is null)
            throw TooLong(shown, "with every sign that it does not take written as (xHEX) it has more");
    }

    private static void CheckPlain(string shown)
    {
        foreach (var rune in shown.EnumerateRunes())
        {
            if (!NameAlphabet.Contains(rune))
                throw Invalid($"'{shown}' cannot be a name in Synapse because of {Describe(rune)}: Synapse takes letters without accents, "
                    + $"digits, blanks and , _ . - + ( ) ' only. So {Remedy}");
        }
        if (!NameAlphabet.IsName(shown))
            throw Invalid($"'{shown}' cannot be a name in Synapse because of the blank at its end or beginning: {Remedy}");
        if (shown.Length > NameAlphabet.MaximumLength)
            throw TooLong(shown, $"it has {shown.Length}");
    }

    private static string Describe(Rune rune) =>
        Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"the sign U+{rune.Value:X4}" : $"'{rune}' (U+{rune.Value:X4})";

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);

    private static FsException TooLong(string shown, string why) => new(
        FsError.NameTooLong,
        $"'{shown[..Math.Min(40, shown.Length)]}…' is too long for Synapse, whose names have at most {NameAlphabet.MaximumLength} "
            + $"characters: {why}. Give it a shorter name.");
}
