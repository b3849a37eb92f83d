using SynapseFs.Cli.Mounting;

namespace SynapseFs.Cli.Tests.Mounting;

internal sealed class ReadinessTests
{
    [Test]
    public void A_failure_travels_as_one_line()
    {
        var line = Readiness.FailedLine(2, "First.\nSecond.");

        Assert.That(line, Does.Not.Contain('\n'));
        Assert.That(Readiness.ParseFailed(line), Is.EqualTo((2, "First. Second.")));
    }

    [TestCase("ready all is well")]
    [TestCase("failed")]
    [TestCase("failed x y")]
    public void Another_line_is_no_failure(string line) => Assert.That(Readiness.ParseFailed(line), Is.Null);
}
