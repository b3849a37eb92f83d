using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.Tests.Rules;

public sealed class RoundRulesTests
{
    private static readonly DateTimeOffset Start = Time("2026-01-01T00:00:00Z");

    [TestCase("DAILY", "2026-01-07T00:00:00Z")]
    [TestCase("WEEKLY", "2026-01-05T00:00:00Z")]
    [TestCase("MONTHLY", "2026-01-01T00:00:00Z")]
    [TestCase("TOTAL", "2025-12-30T12:00:00Z")]
    public void Limits_count_from_the_beginning_of_their_span_in_UTC(string type, string expected)
    {
        var from = RoundRules.CountedFrom(type, Time("2025-12-30T12:00:00Z"), Time("2026-01-07T23:59:59Z"));

        Assert.That(from, Is.EqualTo(Time(expected)));
    }

    [TestCase("2026-01-05T13:00:00Z", "2026-01-05T00:00:00Z")]
    [TestCase("2026-01-04T13:00:00Z", "2025-12-29T00:00:00Z")]
    public void Weeks_begin_on_Monday(string now, string expected) =>
        Assert.That(RoundRules.CountedFrom("WEEKLY", null, Time(now)), Is.EqualTo(Time(expected)));

    [TestCase("2025-12-31T23:59:59Z", null)]
    [TestCase("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [TestCase("2026-01-02T01:00:00Z", "2026-01-02T00:00:00Z")]
    [TestCase("2026-01-04T00:00:00Z", null)]
    public void A_quota_is_rounds_of_one_length(string now, string? expected)
    {
        var round = RoundRules.Current(Quota(days: 1, count: 3), Time(now));

        Assert.That(round?.RoundStart, Is.EqualTo(expected is null ? null : Time(expected)));
    }

    [TestCase(0, 3)]
    [TestCase(1, 0)]
    public void An_empty_quota_is_always_closed(int days, int count) =>
        Assert.That(RoundRules.Current(Quota(days, count), Start), Is.Null);

    [TestCase(1, 10, 1, "DAILY")]
    [TestCase(7, 10, 1, "WEEKLY")]
    [TestCase(30, 10, 1, "MONTHLY")]
    [TestCase(2, 3, 3, "TOTAL")]
    public void Quotas_become_rounds(int days, int count, int rounds, string limit)
    {
        var made = RoundRules.FromQuota(Quota(days, count), Start);

        Assert.Multiple(() =>
        {
            Assert.That(made, Has.Count.EqualTo(rounds));
            Assert.That(made[0].Limits![0].LimitType, Is.EqualTo(limit));
            Assert.That(made[^1].RoundEnd, Is.EqualTo(Start.AddDays((double)days * count)));
        });
    }

    [Test]
    public void A_quota_without_end_stays_within_the_calendar()
    {
        var made = RoundRules.FromQuota(Quota(days: 1, count: long.MaxValue), Start);

        Assert.That(made[0].RoundEnd!.Value.Year, Is.EqualTo(9999));
    }

    private static SubmissionQuota Quota(int days, long count) => new()
    {
        FirstRoundStart = Start,
        RoundDurationMillis = days * 24L * 3600 * 1000,
        NumberOfRounds = count,
        SubmissionLimit = 5,
    };

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
