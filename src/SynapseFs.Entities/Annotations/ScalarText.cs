using System.Globalization;
using System.Text.RegularExpressions;

namespace SynapseFs.Entities.Annotations;

/// <summary>What type a text looks like, and the service's form of a text that is to be of a type. Pure.</summary>
internal static partial class ScalarText
{
    private static readonly string[] MomentFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The type that a text has by itself. Zeros before a number, or a plus, are somebody's numbering and stay text.</summary>
    public static string TypeOf(string text) =>
        PlainInteger().IsMatch(text) && Convert(text, AnnotationTypes.Long) is not null ? AnnotationTypes.Long
        : PlainDecimal().IsMatch(text) && double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)) ? AnnotationTypes.Double
        : text is "true" or "false" ? AnnotationTypes.Boolean
        : Moment(text) is not null ? AnnotationTypes.Timestamp
        : AnnotationTypes.String;

    /// <summary>What the service stores for it; null: it does not fit the type.</summary>
    public static string? Convert(string text, string type) => type switch
    {
        AnnotationTypes.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? text : null,
        AnnotationTypes.Double => AnyNumber().IsMatch(text) || IsNoFiniteNumber(text) ? text : null,
        AnnotationTypes.Boolean => bool.TryParse(text, out var truth) ? (truth ? "true" : "false") : null,
        AnnotationTypes.Timestamp => Moment(text)?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        _ => text,
    };

    /// <summary>NaN or an infinity, which JSON can only write as text.</summary>
    public static bool IsNoFiniteNumber(string text) => NoFiniteNumber().IsMatch(text);

    /// <summary>The moment that a text in ISO-8601 tells; without a zone it is UTC, whatever the machine thinks.</summary>
    public static DateTimeOffset? Moment(string text) => DateTimeOffset.TryParseExact(
        text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
        ? moment
        : null;

    [GeneratedRegex(@"^(0|-?[1-9][0-9]*)\z")]
    private static partial Regex PlainInteger();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+([eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)\z")]
    private static partial Regex PlainDecimal();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex AnyNumber();

    [GeneratedRegex(@"^(nan|[+-]?inf(inity)?)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoFiniteNumber();
}
