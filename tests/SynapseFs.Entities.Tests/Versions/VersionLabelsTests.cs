using SynapseFs.Entities.Versions;

namespace SynapseFs.Entities.Tests.Versions;

internal sealed class VersionLabelsTests
{
    [TestCase("v1.0")]
    [TestCase("as submitted")]
    [TestCase("2024-06")]
    [TestCase("...")]
    public void A_label_that_says_something_is_shown(string label) => Assert.That(VersionLabels.IsShown(label), Is.True);

    [TestCase("")]
    [TestCase("1")]
    [TestCase("007")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("a\0b")]
    public void A_number_and_what_is_no_name_is_not_shown(string label) => Assert.That(VersionLabels.IsShown(label), Is.False);

    [Test]
    public void A_label_longer_than_a_name_is_not_shown()
    {
        Assert.That(VersionLabels.IsShown(new string('é', 127)), Is.True);
        Assert.That(VersionLabels.IsShown(new string('é', 128)), Is.False);
    }
}
