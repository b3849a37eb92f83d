namespace SynapseFs.Core.Sending;

/// <summary>How long a change that failed rests before it is tried again. Pure.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTrouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRefused = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRefused = TimeSpan.FromMinutes(30);

    /// <summary>Doubles with each failure. Trouble may pass by itself at any moment; a refusal needs somebody to act.</summary>
    /// <param name="failures">How often it has failed, from 1.</param>
    /// <param name="isRefused">Whether it was refused.</param>
    /// <param name="chance">0 to 1: spreads those that failed together over the last quarter.</param>
    public static TimeSpan After(int failures, bool isRefused, double chance)
    {
        var (first, longest) = isRefused ? (FirstRefused, LongestRefused) : (First, LongestTrouble);
        var doubled = first * Math.Pow(2, Math.Min(failures - 1, 12));
        return (doubled < longest ? doubled : longest) * (1 - chance / 4);
    }
}
