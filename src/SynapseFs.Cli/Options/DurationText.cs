using System.Globalization;

namespace SynapseFs.Cli.Options;

/// <summary>Durations as people write them: 10s, 2m, 1.5h, 500ms; a bare number means seconds.</summary>
internal static class DurationText
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    /// <summary>The duration, or null when the text is none or longer than a year.</summary>
    public static TimeSpan? Parse(string text)
    {
        var rest = text.Trim();
        var digits = rest.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var suffix = rest[digits..].Trim().ToLowerInvariant();
        if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var unit = suffix.Length == 0 ? 1 : Units.FirstOrDefault(unit => unit.Suffix == suffix).Seconds;
        return unit > 0 && number * unit <= 365 * 86400 ? TimeSpan.FromSeconds(number * unit) : null;
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads back to the same duration, to the millisecond.</summary>
    public static string Format(TimeSpan duration) => duration.Milliseconds == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalMilliseconds}ms");
}
