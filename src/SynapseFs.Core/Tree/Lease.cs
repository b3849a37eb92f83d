namespace SynapseFs.Core.Tree;

/// <summary>
/// How long something learnt may be believed, on the monotonic clock so that a corrected wall clock changes nothing. The default
/// has ended.
/// </summary>
internal readonly record struct Lease(long EndsAt)
{
    public static Lease For(TimeSpan length, TimeProvider time) =>
        new(time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency));

    public bool IsOver(TimeProvider time) => EndsAt <= time.GetTimestamp();

    /// <summary>What is left of it, for the kernel to believe unasked; never negative.</summary>
    public TimeSpan Rest(TimeProvider time)
    {
        var now = time.GetTimestamp();
        return EndsAt <= now ? TimeSpan.Zero : time.GetElapsedTime(now, EndsAt);
    }

    public static Lease Longer(Lease one, Lease other) => one.EndsAt >= other.EndsAt ? one : other;
}
