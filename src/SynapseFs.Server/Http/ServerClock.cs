namespace SynapseFs.Server.Http;

/// <summary>The server's clock, which may be told to go wrong. Timers and elapsed times stay right.</summary>
internal sealed class ServerClock(TimeProvider time) : TimeProvider
{
    private long _skewTicks;

    /// <summary>How far ahead of the true time the clock is; negative: behind.</summary>
    public TimeSpan Skew
    {
        get => new(Interlocked.Read(ref _skewTicks));
        set => Interlocked.Exchange(ref _skewTicks, value.Ticks);
    }

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Skew;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
