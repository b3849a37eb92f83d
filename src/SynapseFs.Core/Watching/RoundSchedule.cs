namespace SynapseFs.Core.Watching;

/// <summary>When the revalidator's own round looks at a directory again. Pure.</summary>
internal static class RoundSchedule
{
    /// <summary>
    /// A directory just used is looked at as often as its lease ends; one that nobody has used for an hour every quarter of an hour.
    /// So a busy mount hears of changes at once, and an idle one costs next to nothing.
    /// </summary>
    public static bool IsDue(TimeSpan sinceChecked, TimeSpan sinceUsed, TimeSpan lease) =>
        sinceChecked >= (sinceUsed / 4 > lease ? sinceUsed / 4 : lease);

    /// <summary>Calls that may be spent after <paramref name="passed"/> more time; never more than a minute's worth at once.</summary>
    public static double Earn(double allowance, TimeSpan passed, int callsPerMinute) =>
        Math.Min(callsPerMinute, allowance + passed.TotalMinutes * callsPerMinute);
}
