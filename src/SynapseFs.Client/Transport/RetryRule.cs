using System.Text;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SynapseFs.Client.Elsewhere;

namespace SynapseFs.Client.Transport;

/// <summary>
/// Which failures are worth another try and for how long. Statuses and phrases are those of the official client's
/// <c>core/retry.py</c>; it retries POST like GET, and so do we (creation is then checked, see <see cref="EntityCalls"/>).
/// An answer that came garbled or cut short is as good as lost.
/// </summary>
internal static class RetryRule
{
    private static readonly string[] RetriedPhrases =
    [
        "proxy error", "slow down", "timeout", "timed out", "connection reset by peer", "unknown ssl protocol error",
        "couldn't connect to host", "slowdown", "try again",
    ];

    public static Trouble Judge(ApiAnswer answer)
    {
        if (answer.IsSuccess)
            return answer.IsWhole ? Trouble.None : Trouble.Broken;
        var reason = Encoding.UTF8.GetString(answer.Body);
        if (reason.Contains("is not a table or view", StringComparison.OrdinalIgnoreCase))
            return Trouble.None;
        if (answer.Status is 429)
            return Trouble.Throttled;
        if (answer.Status is 500 or 502 or 503 or 504)
            return Trouble.Unavailable;
        if (RetriedPhrases.Any(phrase => reason.Contains(phrase, StringComparison.OrdinalIgnoreCase)))
            return Trouble.Unavailable;
        // What a refusal means stands in its reason.
        return answer.IsWhole ? Trouble.None : Trouble.Broken;
    }

    /// <summary>For exceptions that are not the caller's own cancellation.</summary>
    public static Trouble Judge(Exception exception) => exception switch
    {
        BrokenCircuitException or TimeoutRejectedException => Trouble.OutOfReach,
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } => Trouble.OutOfReach,
        OutOfReachException => Trouble.OutOfReach,
        HttpRequestException or IOException => Trouble.Broken,
        // The handler's own connect timeout comes as a cancellation that nobody asked for.
        OperationCanceledException { InnerException: TimeoutException } or TimeoutException => Trouble.OutOfReach,
        _ => Trouble.None,
    };

    /// <summary>
    /// Whether a call gives up soon: one that a program is blocked on, and read-ahead, which a program may come to wait for.
    /// </summary>
    public static bool IsBrief(RequestPriority priority) => priority is RequestPriority.Interactive or RequestPriority.ReadAhead;

    /// <summary>How long after its first try a call may still begin another one.</summary>
    public static TimeSpan Patience(Trouble trouble, RequestPriority priority, RetryPatience patience)
    {
        var brief = IsBrief(priority);
        return trouble switch
        {
            Trouble.OutOfReach => brief ? patience.InteractiveOffline : patience.Offline,
            Trouble.Broken or Trouble.Unavailable => brief ? patience.InteractiveTrouble : patience.Trouble,
            Trouble.Throttled => patience.Throttled,
            _ => TimeSpan.Zero,
        };
    }
}
