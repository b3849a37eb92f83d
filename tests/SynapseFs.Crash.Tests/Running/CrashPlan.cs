using SynapseFs.Core;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>How one life is to go and to end, drawn from a seed.</summary>
internal sealed record CrashPlan
{
    private static readonly JournalPoint[] Points = Enum.GetValues<JournalPoint>();

    /// <summary>The journal's point and passing at which it ends; null: at a moment of its own.</summary>
    public (JournalPoint Point, int Count)? At { get; init; }

    /// <summary>How long work goes on at most.</summary>
    public TimeSpan Work { get; init; }

    /// <summary>What each worker does at most.</summary>
    public int Acts { get; init; }

    public int LongestPause { get; init; }

    /// <summary>Whether everything is sent and compared with the server before the work begins.</summary>
    public bool Drains { get; init; }

    /// <summary>Whether the next life finds the cached content of this one.</summary>
    public bool KeepsContent { get; init; }

    public int Seed { get; init; }

    /// <summary>The points come in turn, so that each has its share; at which passing is chance.</summary>
    public static CrashPlan Draw(Random random, int life)
    {
        var point = Points[life % Points.Length];
        return new CrashPlan
        {
            At = random.Next(4) == 0 ? null : (point, random.Next(1, point < JournalPoint.BeforeSending ? 30 : 7)),
            Work = TimeSpan.FromMilliseconds(random.Next(5) == 0 ? random.Next(30) : random.Next(30, 400)),
            Acts = random.Next(5, 20),
            LongestPause = random.Next(25),
            Drains = random.Next(3) == 0,
            KeepsContent = random.Next(4) == 0,
            Seed = random.Next(1, 1 << 24),
        };
    }

    public override string ToString() =>
        $"{(At is var (point, count) ? $"{point}:{count}" : "no point")}, {Work.TotalMilliseconds:0} ms, seed {Seed}";
}
