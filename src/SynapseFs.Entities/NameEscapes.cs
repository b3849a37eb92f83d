using System.Buffers;
using System.Globalization;
using System.Text;

namespace SynapseFs.Entities;

/// <summary>
/// Any text as a name in Synapse's alphabet and back, one to one in both directions. A sign outside the alphabet is written as its
/// code point, <c>(xE9)</c>, in capital digits without leading zeros; so is a blank at either end, which Synapse would cut off.
/// A bracket that would begin such a thing by itself is written <c>(x28)</c>. What is written so without need, <c>(x41)</c> or
/// <c>(xe9)</c>, stands for itself. Slash and NUL are in no file name, so they have no such form. Pure.
/// </summary>
internal static class NameEscapes
{
    private const string Begin = "(x";
    private const int MostDigits = 6;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789ABCDEF");

    /// <summary>Whether it could be a file's name here: no slash, no NUL, no half of a surrogate pair.</summary>
    public static bool CanEncode(string text)
    {
        var used = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; rest = rest[used..])
        {
            if (Rune.DecodeFromUtf16(rest, out _, out used) != OperationStatus.Done)
                return false;
        }
        return text.Length > 0 && !text.AsSpan().ContainsAny('/', '\0');
    }

    public static string Encode(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        // From the end, because whether a bracket is harmless depends on how what follows it is written.
        var name = "";
        for (var index = runes.Length - 1; index >= 0; index--)
        {
            var isEdge = index == 0 || index == runes.Length - 1;
            name = (MustBeEscaped(runes[index], name, index == 0, isEdge) ? Escape(runes[index]) : runes[index].ToString()) + name;
        }
        return name;
    }

    public static string Decode(string name)
    {
        if (!name.Contains(Begin, StringComparison.Ordinal))
            return name;
        var text = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length;)
        {
            if (Read(name, at, isFirst: at == 0) is { } escape)
            {
                text.Append(escape.Rune.ToString());
                at += escape.Length;
            }
            else
            {
                text.Append(name[at++]);
            }
        }
        return text.ToString();
    }

    private static bool MustBeEscaped(Rune rune, string following, bool isFirst, bool isEdge) => rune.Value switch
    {
        ' ' => isEdge,
        '(' => Read("(" + following, 0, isFirst) is not null,
        _ => !NameAlphabet.Contains(rune),
    };

    private static string Escape(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"{Begin}{rune.Value:X})");

    // Null: what stands here stands for itself.
    private static Escaped? Read(string name, int at, bool isFirst)
    {
        if (!name.AsSpan(at).StartsWith(Begin))
            return null;
        var from = at + Begin.Length;
        var digits = name.AsSpan(from, Math.Min(MostDigits + 1, name.Length - from));
        var close = digits.IndexOf(')');
        if (close < 1 || digits[0] == '0' || digits[..close].ContainsAnyExcept(Digits)
            || !Rune.IsValid(int.Parse(digits[..close], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)))
            return null;
        var rune = new Rune(int.Parse(digits[..close], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        var end = from + close + 1;
        var isNeeded = rune.Value switch
        {
            ' ' => isFirst || end == name.Length,
            '(' => Read("(" + name[end..], 0, isFirst) is not null,
            '/' or 0 => false,
            _ => !NameAlphabet.Contains(rune),
        };
        return isNeeded ? new Escaped(rune, end - at) : null;
    }

    private readonly record struct Escaped(Rune Rune, int Length);
}
