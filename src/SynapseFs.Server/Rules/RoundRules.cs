using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>
/// Quotas, rounds and their limits. Source: EvaluationManagerImpl, SubmissionQuotaUtil, EvaluationRoundTranslationUtil,
/// SubmissionEligibilityManagerImpl.
/// </summary>
internal static class RoundRules
{
    private const long Day = 24L * 60 * 60 * 1000;
    private const long MostMigrated = 10_000;

    /// <summary>The end of rounds that have none, 9999-12-31.</summary>
    private static readonly DateTimeOffset FarFuture = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] LimitTypes = ["TOTAL", "DAILY", "WEEKLY", "MONTHLY"];

    public static void Check(SubmissionQuota? quota)
    {
        if (quota is null)
        {
            return;
        }

        Require(quota.SubmissionLimit is null or >= 0, "submissionLimit must be non-negative");
        Require(quota.NumberOfRounds is >= 0, "numberOfRounds must be defined and be non-negative");
        Require(quota.RoundDurationMillis is >= 0, "roundDurationMillis must be defined and non-negative");
        Require(quota.FirstRoundStart is not null, "firstRoundStart is required.");
    }

    public static void Check(IReadOnlyList<EvaluationRoundLimit>? limits)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var limit in limits ?? [])
        {
            Require(limit is not null, "EvaluationRoundLimit can not be null");
            Require(limit!.LimitType is { } type && LimitTypes.Contains(type), $"Unknown limitType: {limit.LimitType}");
            Require(seen.Add(limit.LimitType!), $"You may only have 1 limit of type: {limit.LimitType}");
            Require(limit.MaximumSubmissions is not null, "maximumSubmissions is required.");
            Require(limit.MaximumSubmissions >= 0, "maxSubmissions must be a positive integer");
        }
    }

    /// <summary>The start and end of all the quota's rounds, Unix milliseconds; null where there is none.</summary>
    public static (long? Start, long? End) Span(SubmissionQuota? quota) =>
        quota?.FirstRoundStart is { } first
            ? (
                first.ToUnixTimeMilliseconds(),
                End(first, quota.RoundDurationMillis ?? 0, quota.NumberOfRounds ?? 0).ToUnixTimeMilliseconds())
            : (null, null);

    /// <summary>The quota's round at a time; one without start, end and limits where there is no quota; null: closed.</summary>
    public static EvaluationRound? Current(SubmissionQuota? quota, DateTimeOffset now)
    {
        IReadOnlyList<EvaluationRoundLimit>? limits = quota?.SubmissionLimit is { } limit
            ? [new EvaluationRoundLimit { LimitType = "TOTAL", MaximumSubmissions = limit }]
            : null;
        if (quota?.FirstRoundStart is not { } first || quota.RoundDurationMillis is not { } length)
        {
            return new EvaluationRound { Limits = limits };
        }

        if (first > now || End(first, length, quota.NumberOfRounds ?? 0) <= now)
        {
            return null;
        }

        var passed = (long)(now - first).TotalMilliseconds / length;
        var start = first.AddMilliseconds(passed * length);
        return new EvaluationRound { RoundStart = start, RoundEnd = End(start, length, 1), Limits = limits };
    }

    /// <summary>From when on submissions count against a limit; null: from the beginning.</summary>
    public static DateTimeOffset? CountedFrom(string limitType, DateTimeOffset? roundStart, DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return limitType switch
        {
            "DAILY" => today,
            "WEEKLY" => today.AddDays(-(((int)today.DayOfWeek + 6) % 7)),
            "MONTHLY" => today.AddDays(1 - today.Day),
            _ => roundStart,
        };
    }

    /// <summary>Rounds of a day, a week or a month become one round with such a limit; others stay what they are.</summary>
    public static IReadOnlyList<EvaluationRound> FromQuota(SubmissionQuota quota, DateTimeOffset createdOn)
    {
        if (quota.FirstRoundStart is not { } first || quota.NumberOfRounds is not { } count || quota.RoundDurationMillis is not { } length)
        {
            return quota.FirstRoundStart is null && quota.SubmissionLimit is null
                ? []
                : [Round(quota, quota.FirstRoundStart ?? createdOn, FarFuture, "TOTAL")];
        }

        var limitType = length switch
        {
            Day => "DAILY",
            7 * Day => "WEEKLY",
            >= 28 * Day and <= 31 * Day => "MONTHLY",
            _ => null,
        };
        if (limitType is not null)
        {
            return [Round(quota, first, End(first, length, count), limitType)];
        }

        Require(count <= MostMigrated, $"A SubmissionQuota of more than {MostMigrated} rounds cannot be converted");
        return [.. Enumerable.Range(0, (int)count).Select(i => Round(quota, End(first, length, i), End(first, length, i + 1), "TOTAL"))];
    }

    private static EvaluationRound Round(SubmissionQuota quota, DateTimeOffset start, DateTimeOffset end, string limitType) => new()
    {
        RoundStart = start,
        RoundEnd = end,
        Limits = quota.SubmissionLimit is { } limit
                ? [new EvaluationRoundLimit { LimitType = limitType, MaximumSubmissions = limit }]
                : null,
    };

    private static DateTimeOffset End(DateTimeOffset start, long length, long count)
    {
        var milliseconds = start.ToUnixTimeMilliseconds() + ((Int128)length * count);
        return milliseconds >= FarFuture.ToUnixTimeMilliseconds() ? FarFuture : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
    }

    private static void Require(bool isMet, string reason)
    {
        if (!isMet)
        {
            throw ServiceException.BadRequest(reason);
        }
    }
}
