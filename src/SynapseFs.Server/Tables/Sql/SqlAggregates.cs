using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>MySQL's aggregates that SQLite lacks. Nulls are left out, but for JSON_ARRAYAGG.</summary>
internal static class SqlAggregates
{
    public static void Register(SqliteConnection connection)
    {
        Spread(connection, "syn_std_pop", moments => moments.Count == 0 ? null : Math.Sqrt(moments.Squares / moments.Count));
        Spread(connection, "syn_std_samp", moments => moments.Count < 2 ? null : Math.Sqrt(moments.Squares / (moments.Count - 1)));
        Spread(connection, "syn_var_pop", moments => moments.Count == 0 ? null : moments.Squares / moments.Count);
        Spread(connection, "syn_var_samp", moments => moments.Count < 2 ? null : moments.Squares / (moments.Count - 1));
        Bits(connection, "syn_bit_and", ulong.MaxValue, (a, b) => a & b);
        Bits(connection, "syn_bit_or", 0, (a, b) => a | b);
        Bits(connection, "syn_bit_xor", 0, (a, b) => a ^ b);
        Join(connection, "syn_group_concat", isDistinct: false);
        Join(connection, "syn_group_concat_distinct", isDistinct: true);
        connection.CreateAggregate<StringBuilder?, object?>(
            "syn_json_arrayagg",
            null,
            (text, values) => (text is null ? new StringBuilder("[") : text.Append(", ")).Append(SqlJson.Of(values[0])),
            text => text?.Append(']').ToString(),
            isDeterministic: true);
    }

    private static void Spread(SqliteConnection connection, string name, Func<Moments, double?> result) =>
        connection.CreateAggregate<Moments, object?>(
            name,
            default,
            (moments, values) => SqlFunctions.Real(values[0]) is { } value ? moments.With(value) : moments,
            moments => result(moments),
            isDeterministic: true);

    // Unsigned as MySQL's: above the largest signed number it is told as text.
    private static void Bits(SqliteConnection connection, string name, ulong start, Func<ulong, ulong, ulong> apply) =>
        connection.CreateAggregate<ulong, object?>(
            name,
            start,
            (bits, values) => SqlFunctions.Real(values[0]) is { } real
                ? apply(bits, values[0] is long whole ? unchecked((ulong)whole) : unchecked((ulong)(long)real))
                : bits,
            bits => bits <= long.MaxValue ? (long)bits : bits.ToString(CultureInfo.InvariantCulture),
            isDeterministic: true);

    private static void Join(SqliteConnection connection, string name, bool isDistinct) =>
        connection.CreateAggregate<Joined?, object?>(
            name,
            null,
            (joined, values) =>
            {
                joined ??= new Joined();
                if (SqlFunctions.Text(values[0]) is { } text && (!isDistinct || joined.Seen.Add(TextOrder.Fold(text))))
                {
                    _ = joined.IsEmpty ? joined.Text : joined.Text.Append(SqlFunctions.Text(values[1]));
                    joined.Text.Append(text);
                    joined.IsEmpty = false;
                }

                return joined;
            },
            joined => joined is null or { IsEmpty: true } ? null : joined.Text.ToString(),
            isDeterministic: true);

    private sealed class Joined
    {
        public StringBuilder Text { get; } = new();
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);
        public bool IsEmpty { get; set; } = true;
    }

    // Welford's way: no sum of squares that swallows small spreads of large numbers.
    private readonly record struct Moments(long Count, double Mean, double Squares)
    {
        public Moments With(double value)
        {
            var count = Count + 1;
            var delta = value - Mean;
            var mean = Mean + (delta / count);
            return new Moments(count, mean, Squares + (delta * (value - mean)));
        }
    }
}
