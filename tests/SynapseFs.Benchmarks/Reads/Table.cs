using System.Globalization;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>Measures by name, in the order in which they came, written as minimum, median and maximum.</summary>
internal sealed class Table(TextWriter output, string title, int rounds)
{
    private readonly OrderedDictionary<string, List<double>> _rows = [];

    public void Add(string name, double value)
    {
        if (!_rows.TryGetValue(name, out var values))
            _rows.Add(name, values = []);
        values.Add(value);
    }

    public int Count(string name) => _rows.TryGetValue(name, out var values) ? values.Count : 0;

    public void Clear() => _rows.Clear();

    public void Write()
    {
        output.WriteLine($"{title} ({rounds} rounds: minimum, median, maximum)");
        foreach (var (name, values) in _rows)
        {
            var sorted = values.Order().ToList();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {name,-40} {sorted[0],9:0.##} {sorted[sorted.Count / 2],9:0.##} {sorted[^1],9:0.##}"));
        }
    }
}
