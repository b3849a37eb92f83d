using System.Globalization;
using System.Text;
using SynapseFs.Core;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>What a run did and found.</summary>
internal sealed class CrashReport
{
    private readonly Dictionary<string, int> _ends = [];
    private readonly Dictionary<JournalPoint, long> _passed = [];

    public int Kills { get; set; }

    /// <summary>Kills while something acknowledged was not on the server.</summary>
    public int WithUnsent { get; set; }

    /// <summary>Kills while a worker waited for an answer.</summary>
    public int WithInFlight { get; set; }

    /// <summary>Kills while at least one of both held.</summary>
    public int AtRisk { get; set; }

    /// <summary>Files that were being written at a kill and were found partly written.</summary>
    public int AsFound { get; set; }

    public int Drains { get; set; }

    public long Acknowledged { get; set; }

    public TimeSpan Elapsed { get; set; }

    public List<string> Complaints { get; } = [];

    public IReadOnlyDictionary<JournalPoint, long> Passed => _passed;

    /// <summary>Kills by the place where they hit: a point, or "outside".</summary>
    public IReadOnlyDictionary<string, int> Ends => _ends;

    public void Add(IReadOnlyDictionary<JournalPoint, long> passed)
    {
        foreach (var (point, count) in passed)
            _passed[point] = _passed.GetValueOrDefault(point) + count;
    }

    public void AddEnd(string place) => _ends[place] = _ends.GetValueOrDefault(place) + 1;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills in {Elapsed.TotalSeconds:0} s; {AtRisk} hit something at risk: {WithUnsent} unsent changes, {WithInFlight} calls in flight."));
        text.AppendLine(string.Create(
            CultureInfo.InvariantCulture, $"{Acknowledged} changes acknowledged; compared with the server {Drains} times; {AsFound} files found partly written."));
        text.AppendLine("Killed at: " + string.Join(", ", _ends.OrderByDescending(end => end.Value).Select(end => $"{end.Key} {end.Value}")));
        text.AppendLine("Passed: " + string.Join(", ", _passed.Select(point => $"{point.Key} {point.Value}")));
        foreach (var complaint in Complaints)
            text.AppendLine(complaint);
        return text.ToString();
    }
}
