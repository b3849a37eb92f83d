using System.Text;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Tests.Transport;

internal sealed class RetryRuleTests
{
    [TestCase(200, "", (int)Trouble.None)]
    [TestCase(400, "", (int)Trouble.None)]
    [TestCase(401, "", (int)Trouble.None)]
    [TestCase(403, "", (int)Trouble.None)]
    [TestCase(404, "", (int)Trouble.None)]
    [TestCase(409, "", (int)Trouble.None)]
    [TestCase(412, "", (int)Trouble.None)]
    [TestCase(429, "", (int)Trouble.Throttled)]
    [TestCase(500, "", (int)Trouble.Unavailable)]
    [TestCase(502, "", (int)Trouble.Unavailable)]
    [TestCase(503, "", (int)Trouble.Unavailable)]
    [TestCase(504, "", (int)Trouble.Unavailable)]
    [TestCase(400, "Please Try Again later", (int)Trouble.Unavailable)]
    [TestCase(403, "Proxy Error", (int)Trouble.Unavailable)]
    [TestCase(500, "syn1 is not a table or view", (int)Trouble.None)]
    public void Statuses_and_phrases_are_those_of_the_official_client(int status, string reason, int expected) =>
        Assert.That((int)RetryRule.Judge(new ApiAnswer(status, Encoding.UTF8.GetBytes(reason), null, null)), Is.EqualTo(expected));

    [TestCase(200, "{}", (int)Trouble.None)]
    [TestCase(200, "{", (int)Trouble.Broken)]
    [TestCase(201, "", (int)Trouble.Broken)]
    [TestCase(404, """{"reason":"no""", (int)Trouble.Broken)]
    [TestCase(503, "{", (int)Trouble.Unavailable)]
    [TestCase(429, "", (int)Trouble.Throttled)]
    public void JSON_that_is_none_is_an_answer_that_broke(int status, string body, int expected) => Assert.That(
        (int)RetryRule.Judge(new ApiAnswer(status, Encoding.UTF8.GetBytes(body), "application/json", null)), Is.EqualTo(expected));

    [Test]
    public void A_person_waits_less_than_background_work_and_both_wait_out_throttling()
    {
        var patience = new RetryPatience();
        foreach (var trouble in new[] { Trouble.OutOfReach, Trouble.Broken, Trouble.Unavailable })
            Assert.That(RetryRule.Patience(trouble, RequestPriority.Interactive, patience),
                Is.LessThan(RetryRule.Patience(trouble, RequestPriority.Background, patience)).And.LessThan(TimeSpan.FromSeconds(11)));
        Assert.That(RetryRule.Patience(Trouble.Throttled, RequestPriority.Interactive, patience), Is.GreaterThan(TimeSpan.FromSeconds(60)));
        Assert.That(RetryRule.Patience(Trouble.None, RequestPriority.Background, patience), Is.EqualTo(TimeSpan.Zero));
    }
}
