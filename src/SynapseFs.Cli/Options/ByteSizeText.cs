using System.Globalization;

namespace SynapseFs.Cli.Options;

/// <summary>Sizes as people write them: 500M, 10G, 1.5GiB, 4096. Units are powers of 1024.</summary>
internal static class ByteSizeText
{
    private const string Units = "KMGTP";

    /// <summary>Bytes, or null when the text is no size or the size does not fit a long.</summary>
    public static long? Parse(string text)
    {
        var rest = text.Trim();
        var digits = rest.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = Scale(rest[digits..].Trim().ToUpperInvariant());
        if (unit is null || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        return number <= long.MaxValue / unit.Value ? (long)(number * unit.Value) : null;
    }

    public static string Format(long bytes)
    {
        if (bytes < 1024)
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        double value = bytes;
        var unit = -1;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}iB");
    }

    private static long? Scale(string unit)
    {
        if (unit is "" or "B")
            return 1;
        var power = Units.IndexOf(unit[0], StringComparison.Ordinal) + 1;
        return power > 0 && unit[1..] is "" or "B" or "IB" ? 1L << (10 * power) : null;
    }
}
