using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// MySQL's functions that SQLite lacks or means otherwise, and its collation. Every connection that runs translated queries needs them.
/// Values come as long, double, string or null; what cannot be read is null, never an error.
/// </summary>
internal static class SqlFunctions
{
    public const string Collation = "SYNAPSE";

    public static void Register(SqliteConnection connection)
    {
        connection.CreateCollation(Collation, TextOrder.Compare);
        Add(connection, "syn_like", values => Text(values[0]) is { } text && Text(values[1]) is { } pattern
            ? Flag(LikePattern.Matches(text, pattern, values.Length > 2 && Text(values[2]) is [var escape, ..] ? escape : '\\'))
            : null);
        Add(connection, "syn_fold", values => Text(values[0]) is { } text ? TextOrder.Fold(text) : null);
        Add(connection, "syn_row_key", values => Array.Exists(values, value => value is null)
            ? null
            : string.Join('\u001f', values.Select(value => Text(value)!.Replace('\u001f', ' '))));
        Add(connection, "syn_concat", values => Array.Exists(values, value => value is null) ? null : string.Concat(values.Select(Text)));
        Add(connection, "syn_upper", values => Text(values[0])?.ToUpperInvariant());
        Add(connection, "syn_lower", values => Text(values[0])?.ToLowerInvariant());
        Add(connection, "syn_divide", values => Binary(values, (a, b) => b == 0 ? null : a / b));
        Add(connection, "syn_div", values => values is [long a, long b] && b is not (0 or -1)
            ? a / b
            : Binary(values, (a, b) => b == 0 ? null : Whole(Math.Truncate(a / b))));
        Add(connection, "syn_mod", values => values is [long a, long b] && b is not (0 or -1)
            ? a % b
            : Binary(values, (a, b) => b == 0 ? null : a % b));
        Add(connection, "syn_round", values => Round(values));
        Add(connection, "syn_to_integer", values => ToInteger(values[0]));
        Add(connection, "syn_crc32", values => Text(values[0]) is { } text ? Crc32(Encoding.UTF8.GetBytes(text)) : null);
        Add(connection, "syn_text_matches", values => Flag(SearchWords.Match(Text(values[0]) ?? "", Text(values[1]) ?? "")));
        SqlDates.Register(connection);
        SqlJson.Register(connection);
        SqlAggregates.Register(connection);
    }

    /// <summary>Adds a function of any number of values.</summary>
    public static void Add(SqliteConnection connection, string name, Func<object?[], object?> function) =>
        connection.CreateFunction<object?>(
            name,
            values =>
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = values[i] is DBNull ? null : values[i];
                }

                return function(values);
            },
            isDeterministic: true);

    public static object Flag(bool value) => value ? 1L : 0L;

    public static string? Text(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        double real => CellValues.Real(real),
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A number as MySQL reads it: of a text, the number that it begins with, or 0.</summary>
    public static double? Real(object? value) => value switch
    {
        long whole => whole,
        double real => real,
        string text => LeadingNumber(text),
        _ => null,
    };

    private static double LeadingNumber(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        var end = 0;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] is '.' or '+' or '-' or 'e' or 'E'))
        {
            end++;
        }

        for (; end > 0; end--)
        {
            if (double.TryParse(trimmed[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        return 0;
    }

    private static object? Binary(object?[] values, Func<double, double, object?> apply) =>
        Real(values[0]) is { } left && Real(values[1]) is { } right ? apply(left, right) : null;

    /// <summary>A whole number where it fits one.</summary>
    public static object Whole(double value)
    {
        if (value is >= long.MinValue and < long.MaxValue)
        {
            return (long)value;
        }

        return value;
    }

    // Halves go away from zero; negative places round before the point.
    private static object? Round(object?[] values)
    {
        var places = values.Length > 1 ? (int)Math.Clamp(Real(values[1]) ?? 0, -30, 30) : 0;
        if (Real(values[0]) is not { } value || (values.Length > 1 && values[1] is null))
        {
            return null;
        }

        if (values[0] is long && places >= 0)
        {
            return values[0];
        }

        if (places is >= 0 and <= 15)
        {
            return Math.Abs(value) < 1e15 ? (double)Math.Round((decimal)value, places, MidpointRounding.AwayFromZero) : value;
        }

        var factor = Math.Pow(10, -places);
        var rounded = places > 0 ? value : Math.Round(value / factor, MidpointRounding.AwayFromZero) * factor;
        return values[0] is long ? Whole(rounded) : rounded;
    }

    private static object? ToInteger(object? value) => value switch
    {
        null => null,
        long => value,
        double real => double.IsFinite(real) ? Whole(Math.Round(real, MidpointRounding.AwayFromZero)) : null,
        string text => long.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : Whole(Math.Truncate(LeadingNumber(text))),
        _ => null,
    };

    private static object Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }
        }

        return (long)~crc;
    }
}
