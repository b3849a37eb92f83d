using SynapseFs.Api;
using SynapseFs.Entities.Wikis;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Wikis;

/// <summary>The order of a wiki's pages as a text, and back.</summary>
[TestFixture]
internal sealed class WikiOrderTests
{
    private static readonly WikiTree Tree = new(
    [
        new WikiHeader { Id = "1" },
        new WikiHeader { Id = "2", ParentId = "1", Title = "A" },
        new WikiHeader { Id = "3", ParentId = "1", Title = "B" },
        new WikiHeader { Id = "10", ParentId = "1", Title = "A" },
        new WikiHeader { Id = "11", ParentId = "2", Title = "x/y" },
        new WikiHeader { Id = "12", ParentId = "2", Title = "z" },
    ]);

    [TestCase(null, "A A/x%2Fy A/z B A%10")]
    [TestCase("", "A A/x%2Fy A/z B A%10")]
    [TestCase("3 1 12", "B A A/z A/x%2Fy A%10")]
    [TestCase("10 99 2 2 3", "A%10 A A/x%2Fy A/z B")]
    public void The_list_orders_the_pages_of_each_level_and_what_it_does_not_name_comes_last(string? list, string text)
    {
        Assert.That(WikiOrder.TextOf(Tree, list?.Split(' ')), Is.EqualTo(text.Replace(' ', '\n') + "\n"));
    }

    [TestCase("B\nA\n", null, "1 3 2 11 12 10")]
    [TestCase("\r\nA%10\r\nA/z\r\n", null, "1 10 2 12 11 3")]
    [TestCase("A/z", "1 10 3 2", "1 10 3 2 12 11")]
    public void A_text_becomes_the_list_of_all_pages(string text, string? present, string list)
    {
        var parsed = WikiOrder.Parse(Tree, present?.Split(' '), text);

        Assert.That(string.Join(' ', parsed), Is.EqualTo(list));
        Assert.That(WikiOrder.Parse(Tree, parsed, WikiOrder.TextOf(Tree, parsed)), Is.EqualTo(parsed));
    }

    [TestCase("A\nC\n", "line 2 names 'C'")]
    [TestCase("a\n", "line 1 names 'a'")]
    [TestCase("A\n\nA\n", "line 3 names 'A' a second time")]
    public void A_line_that_names_no_page_or_one_twice_is_refused(string text, string words)
    {
        var refusal = Assert.Throws<FsException>(() => WikiOrder.Parse(Tree, null, text));

        Assert.That(refusal!.Message, Does.Contain(words));
        Assert.That(refusal.Error, Is.EqualTo(FsError.InvalidArgument));
    }

    [Test]
    public void A_wiki_without_pages_below_its_first_has_no_order()
    {
        Assert.That(WikiOrder.TextOf(new WikiTree([]), ["1"]), Is.Empty);
        Assert.That(WikiOrder.TextOf(new WikiTree([new WikiHeader { Id = "1" }]), null), Is.Empty);
    }
}
