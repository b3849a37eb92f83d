using System.Globalization;

namespace SynapseFs.Cli.Options;

/// <summary>Moments as people write them: 2024-06-01, 2024-06-01T12:00, with a zone or in UTC.</summary>
internal static class MomentText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mmK",
        "yyyy-MM-dd' 'HH:mm:ssK",
    ];

    /// <summary>The moment in UTC, to the millisecond as Synapse counts, or null when the text is none. A day is its beginning.</summary>
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(
            text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMillisecond))
            : null;

    /// <summary>The shortest text that <see cref="Parse"/> reads back to the same moment.</summary>
    public static string Format(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
