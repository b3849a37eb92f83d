using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests;

internal sealed class RealPathTests
{
    [Test]
    public void Links_on_the_way_and_at_the_end_are_followed()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("real", "inner"));
        Directory.CreateSymbolicLink(folder.Combine("link"), folder.Combine("real"));
        Directory.CreateSymbolicLink(folder.Combine("real", "end"), "inner");

        Assert.That(RealPath.Of(folder.Combine("link", "end")), Is.EqualTo(folder.Combine("real", "inner")));
    }

    [Test]
    public void What_does_not_exist_stays_as_it_is() =>
        Assert.That(RealPath.Of("/no/such/../place/"), Is.EqualTo("/no/place"));
}
