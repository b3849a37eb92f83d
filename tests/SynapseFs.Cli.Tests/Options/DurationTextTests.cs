using SynapseFs.Cli.Options;

namespace SynapseFs.Cli.Tests.Options;

internal sealed class DurationTextTests
{
    [TestCase("10s", 10_000)]
    [TestCase("10", 10_000)]
    [TestCase("2m", 120_000)]
    [TestCase("1.5h", 5_400_000)]
    [TestCase("500ms", 500)]
    [TestCase("0s", 0)]
    [TestCase("1d", 86_400_000)]
    public void A_duration_is_read(string text, long milliseconds) =>
        Assert.That(DurationText.Parse(text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("")]
    [TestCase("s")]
    [TestCase("-1s")]
    [TestCase("1w")]
    [TestCase("400d")]
    [TestCase("soon")]
    public void What_is_no_duration_is_refused(string text) => Assert.That(DurationText.Parse(text), Is.Null);

    [TestCase("10s")]
    [TestCase("1500ms")]
    [TestCase("0s")]
    public void A_duration_is_written_as_it_is_read(string text) => Assert.That(DurationText.Format(DurationText.Parse(text)!.Value), Is.EqualTo(text));
}
