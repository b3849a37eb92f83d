using SynapseFs.Server;

namespace SynapseFs.EndToEnd.Tests.Support;

/// <summary>How many requests followed upon each other's answers, whatever went on beside them: what latency costs, as a count.</summary>
internal static class RoundTrips
{
    /// <summary>
    /// The most requests of which each began after the one before had ended. Makes sense where the server takes its time for each, so that what
    /// is asked at the same time overlaps.
    /// </summary>
    public static int Count(IEnumerable<LoggedRequest> requests)
    {
        var (count, end) = (0, DateTimeOffset.MinValue);
        foreach (var request in requests.OrderBy(request => request.When + request.Duration))
        {
            if (request.When < end)
                continue;
            (count, end) = (count + 1, request.When + request.Duration);
        }

        return count;
    }
}
