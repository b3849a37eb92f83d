using System.Diagnostics;

namespace SynapseFs.Benchmarks.Reporting;

/// <summary>All measures of a run, scenarios and measures in the order in which they first came; what is going on is said on the error stream.</summary>
/// <param name="circumstances">Rounds, machine, versions: what the figures depend on.</param>
internal sealed class Report(string circumstances)
{
    private readonly OrderedDictionary<(string Scenario, string Measure), Row> _rows = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Each scenario's together, wherever they came.</summary>
    public IReadOnlyList<Row> Rows => [.. _rows.Values.GroupBy(row => row.Scenario).SelectMany(rows => rows)];

    public string Circumstances => circumstances;

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    public void Add(string scenario, string measure, double value, Target? target = null)
    {
        if (!_rows.TryGetValue((scenario, measure), out var row))
            _rows.Add((scenario, measure), row = new Row(scenario, measure, target));
        row.Values.Add(value);
    }

    /// <summary>A measure that could not be taken, and why.</summary>
    public void Miss(string scenario, string measure, string why) =>
        _rows[(scenario, measure)] = new Row(scenario, measure, null, why);

    /// <summary>A daemon's largest resident memory, which has one target everywhere.</summary>
    public void AddMemory(string scenario, long bytes) =>
        Add(scenario, "memory at most, MiB", bytes / 1048576.0, Target.AtMost(256));

    public void Say(string what) => Console.Error.WriteLine($"[{_clock.Elapsed:mm\\:ss}] {what}");
}
