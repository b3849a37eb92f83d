using SynapseFs.Cli.Options;

namespace SynapseFs.Cli.Tests.Options;

internal sealed class ByteSizeTextTests
{
    [TestCase("4096", 4096)]
    [TestCase("1k", 1024)]
    [TestCase("500M", 500L << 20)]
    [TestCase("10G", 10L << 30)]
    [TestCase("10 GiB", 10L << 30)]
    [TestCase("1.5gb", 1536L << 20)]
    [TestCase("2T", 2L << 40)]
    public void A_size_is_read_with_units_of_1024(string text, long bytes) => Assert.That(ByteSizeText.Parse(text), Is.EqualTo(bytes));

    [TestCase("")]
    [TestCase("G")]
    [TestCase("-1G")]
    [TestCase("10X")]
    [TestCase("10GG")]
    [TestCase("1e3")]
    [TestCase("ten")]
    [TestCase("9999999P")]
    public void What_is_no_size_is_refused(string text) => Assert.That(ByteSizeText.Parse(text), Is.Null);

    [TestCase(0, "0 B")]
    [TestCase(1023, "1023 B")]
    [TestCase(1536, "1.5 KiB")]
    [TestCase(10L << 30, "10 GiB")]
    public void A_size_is_shown_in_the_largest_unit(long bytes, string text) => Assert.That(ByteSizeText.Format(bytes), Is.EqualTo(text));
}
