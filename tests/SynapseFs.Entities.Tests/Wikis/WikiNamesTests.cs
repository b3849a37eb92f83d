using SynapseFs.Api;
using SynapseFs.Entities.Wikis;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Wikis;

[TestFixture]
internal sealed class WikiNamesTests
{
    [TestCase("Methods", "Methods")]
    [TestCase("a/b", "a%2Fb")]
    [TestCase("50% sure", "50% sure")]
    [TestCase("a%2Fb", "a%252Fb")]
    [TestCase("100%25", "100%2525")]
    [TestCase("..", "%2E%2E")]
    [TestCase("Home.md", "%48ome.md")]
    [TestCase("Größe: 1?", "Größe: 1?")]
    public void A_title_is_shown_so_and_taken_back(string title, string shown)
    {
        Assert.That(Shown(new WikiHeader { Id = "1", Title = title }), Is.EqualTo(new[] { shown }));
        Assert.That(WikiNames.TitleOf(shown), Is.EqualTo(title));
        Assert.That(() => WikiNames.CheckTitle(shown), Throws.Nothing);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("   ")]
    public void A_page_without_a_title_is_shown_by_its_id(string? title)
    {
        Assert.That(Shown(new WikiHeader { Id = "6001", Title = title }), Is.EqualTo(new[] { "%6001" }));
        Assert.That(WikiNames.IsShownAs(title, "6001", "%6001"));
    }

    [Test]
    public void Of_pages_with_one_title_the_first_has_the_name_and_attachments_go_before()
    {
        var pages = new[] { new WikiHeader { Id = "1", Title = "a" }, new WikiHeader { Id = "2", Title = "a" }, new WikiHeader { Id = "3", Title = "b" } };

        Assert.That(WikiNames.Of(pages, ["b"]), Is.EqualTo(new[] { "a", "a%2", "b%3" }));
        Assert.That(WikiNames.IsShownAs("a", "2", "a%2"));
        Assert.That(WikiNames.IsShownAs("a", "2", "a%1"), Is.False);
    }

    [TestCase("a%20b", FsError.InvalidArgument)]
    [TestCase("Home.md", FsError.InvalidArgument)]
    [TestCase(" ", FsError.InvalidArgument)]
    [TestCase("HALF", FsError.InvalidArgument)]
    [TestCase("LONG", FsError.NameTooLong)]
    public void What_is_no_title_is_refused(string shown, FsError error)
    {
        shown = shown switch
        {
            "LONG" => new string('x', 257),
            // Half of a surrogate pair, which no attribute's text can hold.
            "HALF" => "\ud800",
            _ => shown,
        };

        Assert.That(() => WikiNames.CheckTitle(shown), Throws.TypeOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(error));
    }

    [Test]
    public void The_longest_title_fits()
    {
        var title = new string('ö', 256);

        Assert.That(() => WikiNames.CheckTitle(title), Throws.Nothing);
        Assert.That(Shown(new WikiHeader { Id = "1", Title = title }), Is.EqualTo(new[] { title }));
    }

    [TestCase("plot.png", "plot.png")]
    [TestCase("Home.md", "%48ome.md")]
    public void An_attachment_has_its_file_name(string name, string shown)
    {
        Assert.That(WikiNames.AttachmentShown(name, EntityNames.Plain), Is.EqualTo(shown));
        Assert.That(WikiNames.AttachmentOf(shown, EntityNames.Plain), Is.EqualTo(name));
    }

    [Test]
    public void Ids_are_taken_back()
    {
        foreach (var (id, kind) in new[]
        {
            (new WikiId("syn5", null), EntityKinds.WikiPage),
            (new WikiId("syn5", "6001"), EntityKinds.WikiText),
            (new WikiId("syn5", "6001", "a/b.png"), EntityKinds.WikiAttachment),
        })
            Assert.That(WikiId.Parse(kind, id.Of(kind)), Is.EqualTo(id));
        Assert.That(WikiId.TryParse(EntityKinds.WikiPage, "wiki-text:syn5"), Is.Null);
        Assert.That(() => WikiId.Parse(EntityKinds.WikiPage, "syn5"), Throws.TypeOf<FormatException>());
    }

    private static IReadOnlyList<string> Shown(params WikiHeader[] pages) => WikiNames.Of(pages, []);
}
