using System.Globalization;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>Doubles in the words of Java, whose rendering stands in annotations: 1.0, 1.0E10.</summary>
internal static class JavaNumbers
{
    public static string Text(double value)
    {
        var culture = CultureInfo.InvariantCulture;
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var magnitude = Math.Abs(value);
        if (value == 0 || magnitude is >= 1e-3 and < 1e7)
        {
            var plain = value.ToString("R", culture);
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        // The shortest digits that read back alike, such as 1.5E+20; Java writes 1.5E20.
        var parts = value.ToString("E16", culture).Split('E');
        var digits = value.ToString("R", culture);
        var exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, culture);
        var mantissa = new string([.. digits.TakeWhile(c => c is not ('E' or 'e')).Where(char.IsAsciiDigit)]).TrimStart('0').TrimEnd('0');
        var sign = value < 0 ? "-" : "";
        var fraction = mantissa.Length > 1 ? mantissa[1..] : "0";
        return string.Create(culture, $"{sign}{mantissa[0]}.{fraction}E{exponent}");
    }
}
