using SynapseFs.Entities.Finding;

namespace SynapseFs.Entities.Tests.Finding;

internal sealed class TermNameTests
{
    [TestCase("species=Homo sapiens", "species=Homo sapiens")]
    [TestCase("url=a/b", "url=a%2Fb")]
    [TestCase("share=50%", "share=50%25")]
    [TestCase("share=%2F", "share=%252F")]
    [TestCase("odd=a\0b", "odd=a%00b")]
    [TestCase("%73ynapse.id=x", "%2573ynapse.id=x")]
    public void A_term_becomes_a_name_and_the_same_term_again(string term, string name)
    {
        Assert.That(TermName.Of(term), Is.EqualTo(name));
        Assert.That(TermName.Parse(name)!.Text, Is.EqualTo(term));
    }

    [TestCase("species")]
    [TestCase("reads.bam")]
    [TestCase("readLength>=")]
    [TestCase("a=50%")]
    [TestCase("a=%2f")]
    [TestCase("a=%41")]
    public void What_says_no_term_is_none(string name) => Assert.That(TermName.Parse(name), Is.Null);

    [Test]
    public void What_is_too_long_for_a_name_has_none() => Assert.That(TermName.Of("a=" + new string('ü', 600)), Is.Null);
}
