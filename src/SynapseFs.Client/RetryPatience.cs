namespace SynapseFs.Client;

/// <summary>
/// How long a call keeps trying, counted from its first try. "Interactive" means that a program is blocked on it or may soon be
/// (read-ahead).
/// </summary>
public sealed record RetryPatience
{
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>No network: a person's command ends quickly, and known data is served from the cache.</summary>
    public TimeSpan InteractiveOffline { get; init; } = TimeSpan.FromSeconds(4);
    public TimeSpan Offline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>500, 502, 503, 504.</summary>
    public TimeSpan InteractiveTrouble { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Trouble { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>429: the service's window is 60 s, so it ends by itself; waiting is better than failing.</summary>
    public TimeSpan Throttled { get; init; } = TimeSpan.FromSeconds(75);
}
