namespace SynapseFs.Entities;

/// <summary>
/// Names that an entity may have and a directory cannot show: its own two and the hidden room's. They are shown with their first
/// dots as %2E. What would look like that by itself makes room by a further 25 behind its '%', and so on, so that everything can be
/// taken back. Pure.
/// </summary>
internal static class ReservedNames
{
    private static readonly Dictionary<string, string> ShownAs = new(StringComparer.Ordinal)
    {
        ["."] = "%2E",
        [".."] = "%2E%2E",
        [EntityNames.HiddenRoom] = "%2E" + EntityNames.HiddenRoom[1..],
    };

    private static readonly Dictionary<string, string> Meaning =
        ShownAs.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static bool Contains(string name) => ShownAs.ContainsKey(name);

    /// <summary>What is shown for a name; most stay.</summary>
    public static string Shift(string name) =>
        ShownAs.TryGetValue(name, out var shown) ? shown : LooksShifted(name) ? "%25" + name[1..] : name;

    /// <summary>The name that is shown so; null when none is.</summary>
    public static string? Unshift(string shown) => shown switch
    {
        _ when Contains(shown) => null,
        _ when Meaning.TryGetValue(shown, out var name) => name,
        _ when LooksShifted(shown) => "%" + shown[3..],
        _ => shown,
    };

    private static bool LooksShifted(string name)
    {
        if (!name.StartsWith('%'))
            return false;
        var from = 1;
        while (name.AsSpan(from).StartsWith("25"))
            from += 2;
        return Meaning.ContainsKey("%" + name[from..]);
    }
}
