using SynapseFs.Core.Tree;

namespace SynapseFs.Core.Tests.Tree;

internal sealed class LinkTargetTests
{
    [TestCase("/a/b", 0, "a/b")]
    [TestCase("/a/b", 2, "../../a/b")]
    [TestCase("/", 0, ".")]
    [TestCase("/", 1, "../")]
    [TestCase("elsewhere", 2, "elsewhere")]
    public void A_target_from_the_root_holds_from_the_links_own_place(string fromRoot, int depth, string expected) =>
        Assert.That(LinkTarget.Relative(fromRoot, depth), Is.EqualTo(expected));
}
