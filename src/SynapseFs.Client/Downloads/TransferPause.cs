namespace SynapseFs.Client.Downloads;

/// <summary>How long a transfer rests before it goes on.</summary>
internal static class TransferPause
{
    /// <param name="failures">Failures in a row, 1 or more. The first is answered at once: a single break is normal.</param>
    /// <param name="chance">Between 0 and 1.</param>
    public static TimeSpan After(int failures, RetryPatience patience, double chance)
    {
        if (failures <= 1)
            return TimeSpan.Zero;
        var longest = patience.FirstDelay * Math.Pow(2, Math.Min(failures - 1, 16));
        var pause = longest * (0.5 + (chance / 2));
        return pause < patience.LongestDelay ? pause : patience.LongestDelay;
    }
}
