namespace SynapseFs.Fuse.Protocol;

/// <summary>Times and validities as seconds and nanoseconds. Nanoseconds are never negative, also before 1970.</summary>
internal static class FuseTime
{
    private const int NanosecondsPerTick = 100;

    public static (long Seconds, uint Nanoseconds) Split(DateTimeOffset time)
    {
        var (seconds, rest) = Math.DivRem(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        return (seconds, (uint)(rest * NanosecondsPerTick));
    }

    public static (ulong Seconds, uint Nanoseconds) Split(TimeSpan validity)
    {
        if (validity <= TimeSpan.Zero)
            return (0, 0);
        var (seconds, rest) = Math.DivRem(validity.Ticks, TimeSpan.TicksPerSecond);
        return ((ulong)seconds, (uint)(rest * NanosecondsPerTick));
    }

    public static StatxTime ToStatx(DateTimeOffset time)
    {
        var (seconds, nanoseconds) = Split(time);
        return new StatxTime(seconds, nanoseconds, 0);
    }

    /// <summary>Times outside what .NET can hold (year 1 to 9999) become the nearest that it can.</summary>
    public static DateTimeOffset Join(long seconds, uint nanoseconds)
    {
        const long earliest = -62_135_596_800;
        const long latest = 253_402_300_799;
        var ticks = Math.Min(nanoseconds, 999_999_999) / NanosecondsPerTick;
        return DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, earliest, latest)).AddTicks(ticks);
    }
}
