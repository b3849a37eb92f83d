using SynapseFs.Core.Tree;

namespace SynapseFs.Core.Tests.Tree;

internal sealed class LinkTargetTests
{
    [TestCase("/a/b", "/", "a/b")]
    [TestCase("/a/b", "/c/d", "../../a/b")]
    [TestCase("/a/b", "/a", "b")]
    [TestCase("/a/b", "/a/c", "../b")]
    [TestCase("/a/b", "/ab", "../a/b")]
    [TestCase("/a", "/a", ".")]
    [TestCase("/a", "/a/b", "..")]
    [TestCase("/", "/", ".")]
    [TestCase("/", "/a", "..")]
    [TestCase("elsewhere", "/a/b", "elsewhere")]
    public void A_text_is_the_shortest_from_the_links_own_place(string fromRoot, string directory, string expected) =>
        Assert.That(LinkTarget.Relative(fromRoot, directory), Is.EqualTo(expected));

    [TestCase("/", "f", "/f")]
    [TestCase("/a/b", "f", "/a/b/f")]
    [TestCase("/a/b", "../c/./f", "/a/c/f")]
    [TestCase("/a", "..", "/")]
    [TestCase("/a", "/mnt/f/", "/f")]
    [TestCase("/a", "/mnt", "/")]
    [TestCase("/a", "../..", null)]
    [TestCase("/", "../mnt/f", null)]
    [TestCase("/a", "/mnt/../f", null)]
    [TestCase("/a", "/mnt2/f", null)]
    [TestCase("/a", "/etc/passwd", null)]
    public void Words_tell_whether_a_text_leads_out(string directory, string text, string? expected) =>
        Assert.That(LinkTarget.FromRoot(directory, text, "/mnt/"), Is.EqualTo(expected));

    [Test]
    public void Without_a_mountpoint_an_absolute_text_leads_out() => Assert.That(LinkTarget.FromRoot("/", "/f", null), Is.Null);
}
