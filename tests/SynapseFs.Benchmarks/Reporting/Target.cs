using System.Globalization;

namespace SynapseFs.Benchmarks.Reporting;

/// <summary>What a measure shall reach: a ratio or a rate by its median, a cost or a size by its worst round.</summary>
internal sealed record Target(string Text, Func<IReadOnlyList<double>, bool> IsMet)
{
    public static Target AtLeast(double bound) => new(Say($"≥ {bound:0.##}"), values => Report.Median(values) >= bound);

    /// <summary>By the median, as times have it.</summary>
    public static Target Within(double bound) => new(Say($"≤ {bound:0.##}"), values => Report.Median(values) <= bound);

    /// <summary>In every round.</summary>
    public static Target AtMost(double bound) => new(Say($"≤ {bound:0.##}"), values => values.Max() <= bound);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
