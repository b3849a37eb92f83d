using System.Globalization;
using SynapseFs.Entities.Annotations;

namespace SynapseFs.Entities.Finding;

/// <summary>
/// The value of a term: a number, a moment or a text, by what it reads as, and compared only with values that read as the same. A day
/// without a time is the whole day in UTC. Pure.
/// </summary>
internal readonly record struct FindOperand
{
    private static readonly int DayLength = "2024-01-02".Length;

    private string Text { get; init; }

    private string Type { get; init; }

    private DateTimeOffset From { get; init; }

    private DateTimeOffset Until { get; init; }

    public static FindOperand Of(string text)
    {
        var operand = new FindOperand { Text = text, Type = SortOf(text) };
        if (operand.Type != AnnotationTypes.Timestamp)
            return operand;
        var from = ScalarText.Moment(text)!.Value;
        return operand with { From = from, Until = text.Length == DayLength ? from.AddDays(1) : from.AddTicks(1) };
    }

    /// <summary>How a value stands to this one: below 0, 0, above 0; null when they are of different sorts.</summary>
    public int? Compare(string value)
    {
        if (value == Text)
            return 0;
        if (Type != SortOf(value))
            return null;
        return Type switch
        {
            AnnotationTypes.Double => CompareNumbers(value, Text),
            AnnotationTypes.Timestamp => ScalarText.Moment(value)!.Value is var moment && moment < From ? -1 : moment >= Until ? 1 : 0,
            _ => string.CompareOrdinal(value, Text),
        };
    }

    // Whole and broken numbers are one sort here; true and false are texts.
    private static string SortOf(string text) => ScalarText.TypeOf(text) switch
    {
        AnnotationTypes.Long or AnnotationTypes.Double => AnnotationTypes.Double,
        AnnotationTypes.Timestamp => AnnotationTypes.Timestamp,
        _ => AnnotationTypes.String,
    };

    // Whole numbers may have more digits than a double holds.
    private static int CompareNumbers(string one, string other) =>
        long.TryParse(one, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left)
        && long.TryParse(other, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : double.Parse(one, CultureInfo.InvariantCulture).CompareTo(double.Parse(other, CultureInfo.InvariantCulture));
}
