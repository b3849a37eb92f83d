using SynapseFs.Api;
using SynapseFs.Client;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Wikis through plain tools; what became of them is asked of the server.</summary>
[TestFixture]
internal sealed class WikiTests : WikiFixture
{
    [Test]
    public async Task A_wiki_is_read_as_directories_texts_and_attachments()
    {
        var root = await AddPageAsync(null, null, "# Welcome ${image?fileName=plot.png}\n", "plot.png");
        var methods = await AddPageAsync(root, "Methods", "how\n");
        await AddPageAsync(methods, "a/b", "slash\n");
        await AddPageAsync(root, "Methods", "twice\n");
        await AddPageAsync(root, "Empty", "");

        Assert.That(
            await ShellAsync("find . | LC_ALL=C sort"),
            Is.EqualTo(
                $".\n./.order\n./Empty\n./Home.md\n./Methods\n./Methods%{long.Parse(methods, null) + 2}\n./Methods%{long.Parse(methods, null) + 2}/Home.md\n"
                    + "./Methods/Home.md\n./Methods/a%2Fb\n./Methods/a%2Fb/Home.md\n./plot.png"));
        Assert.That(await ShellAsync("cat Home.md Methods/Home.md Methods/a%2Fb/Home.md"), Is.EqualTo("# Welcome ${image?fileName=plot.png}\nhow\nslash"));
        Assert.That(await ShellAsync("cat \"$(sed -n 's/.*fileName=\\([^}]*\\)}.*/\\1/p' Home.md)\""), Is.EqualTo("bytes of plot.png"));
        Assert.That(await ShellAsync("getfattr --only-values -n user.synapse.id Home.md"), Is.EqualTo(root));
        Assert.That(await ShellAsync("cat ../../.synapse/wiki/Methods/Home.md"), Is.EqualTo("how"));
    }

    [Test]
    public async Task Every_entity_but_a_link_has_a_wiki_and_none_is_empty()
    {
        await World.AddFolderAsync("d");
        await World.CreateAsync(new Entity { ConcreteType = SynapseTypes.Link, Name = "l", LinksTo = new Reference { TargetId = World.Project } });

        Assert.That(await ShellAsync("ls ../of/a.txt ../of/d; ls ../of/a.txt/wiki ../of/d/wiki; ls ."), Does.Contain("wiki").And.Not.Contain("Home.md"));
        Assert.That(await ShellAsync("ls ../of/l"), Does.Not.Contain("wiki"));
        Assert.That(await HeadersAsync(), Is.Empty);
    }

    [Test]
    public async Task Writing_the_first_text_makes_the_wiki()
    {
        await ShellAsync("printf '# Hello\\n' > Home.md; printf 'of a file\\n' > ../of/a.txt/wiki/Home.md");
        await Mount.WaitAsync();

        Assert.That(await TextAsync(null), Is.EqualTo("# Hello\n"));
        Assert.That(await ShellAsync("cat Home.md ../of/a.txt/wiki/Home.md; ls"), Is.EqualTo("# Hello\nof a file\nHome.md"));
    }

    [TestCaseSource(typeof(Editor), nameof(Editor.All))]
    public async Task Any_editor_makes_a_new_version_of_the_page(Editor editor)
    {
        await ToolRun.RequireAsync(new Tool(editor.Name, [editor.Needs], editor.Script));
        var root = await AddPageAsync(null, "Top", "the old text\n", "plot.png");
        await ShellAsync($"cat Home.md > $OUT/before\nFILE=Home.md\n{editor.Script}");
        await Mount.WaitAsync();

        Assert.That(await TextAsync(null), Is.EqualTo("the new text\n"));
        Assert.That(await ShellAsync("cat Home.md plot.png"), Is.EqualTo("the new text\nbytes of plot.png"));
        var page = await World.Client.Wikis.GetAsync(World.Project, root, Priority, default);
        Assert.That(page.Title, Is.EqualTo("Top"));
        Assert.That(await AttachmentsAsync(root), Is.EqualTo("plot.png"));
    }

    [Test]
    public async Task A_page_that_somebody_else_changed_since_is_theirs_and_ours_is_kept_beside_it()
    {
        var root = await AddPageAsync(null, null, "one\n");
        await ShellAsync("cat Home.md");
        await EditAsync(root, "theirs\n");
        await ShellAsync("echo ours > tmp; mv tmp Home.md");
        await Mount.WaitAsync();

        Assert.That(await TextAsync(null), Is.EqualTo("theirs\n"));
        Assert.That(await ShellAsync("cat Home.md; cat 'Home (conflict,'*.md"), Is.EqualTo("theirs\nours"));
        Assert.That(await AttachmentsAsync(root), Is.Empty);
        Assert.That(Mount.Said, Does.Contain("what was written here is kept as 'Home (conflict"));
    }

    [Test]
    public async Task Attachments_are_added_replaced_renamed_and_removed()
    {
        var root = await AddPageAsync(null, null, "text\n");
        await ShellAsync("printf one > $OUT/x; cp $OUT/x a.csv; cp $OUT/x b.csv; cp ../../a.txt c.txt");
        await Mount.WaitAsync();
        Assert.That(await AttachmentsAsync(root), Is.EqualTo("a.csv b.csv c.txt"));

        await ShellAsync("printf two > $OUT/x; cp $OUT/x a.csv; mv b.csv d.csv; rm c.txt");
        await Mount.WaitAsync();

        Assert.That(await AttachmentsAsync(root), Is.EqualTo("a.csv d.csv"));
        Assert.That(await ShellAsync("ls; cat a.csv d.csv"), Is.EqualTo("Home.md\na.csv\nd.csv\ntwoone"));
        Assert.That(await TextAsync(null), Is.EqualTo("text\n"));
    }

    [Test]
    public async Task Pages_are_made_renamed_moved_and_deleted()
    {
        await ShellAsync("mkdir -p Methods/Sampling Results; echo how > Methods/Home.md; echo deep > Methods/Sampling/Home.md; printf x > Methods/x.csv");
        await Mount.WaitAsync();
        Assert.That(await TreeAsync(), Is.EqualTo("/Methods /Methods/Sampling /Results"));
        var sampling = (await HeadersAsync()).Single(header => header.Title == "Sampling").Id;

        await ShellAsync("mv Methods/Sampling Results/Samples; mv Methods 'How we did it'");
        await Mount.WaitAsync();
        Assert.That(await TreeAsync(), Is.EqualTo("/How we did it /Results /Results/Samples"));
        Assert.That((await HeadersAsync()).Single(header => header.Title == "Samples").Id, Is.EqualTo(sampling));
        Assert.That(await ShellAsync("cat Results/Samples/Home.md 'How we did it/Home.md' 'How we did it/x.csv'"), Is.EqualTo("deep\nhow\nx"));

        await ShellAsync("! rmdir Results 2> $OUT/error; grep 'not empty' $OUT/error; rm -r Results; rm -r How*");
        await Mount.WaitAsync();
        Assert.That(await TreeAsync(), Is.Empty);
        Assert.That(await ShellAsync("ls"), Is.Empty);
    }

    [Test]
    public async Task The_order_of_pages_is_a_text_and_saving_it_changes_it()
    {
        var root = await AddPageAsync(null, null, "top\n");
        var methods = await AddPageAsync(root, "Methods", "how\n");
        var steps = await AddPageAsync(methods, "Steps", "");
        var results = await AddPageAsync(root, "Results", "");
        Assert.That(await ShellAsync("ls -A; cat .order"), Is.EqualTo(".order\nHome.md\nMethods\nResults\nMethods\nMethods/Steps\nResults"));

        await ShellAsync("printf 'Results\\n' > .order");
        await Mount.WaitAsync();
        Assert.That(await OrderAsync(), Is.EqualTo(new[] { root, results, methods, steps }));
        Assert.That(await ShellAsync("cat .order"), Is.EqualTo("Results\nMethods\nMethods/Steps"));

        await ShellAsync("mkdir New; sed -i 's/Results/Methods/;t;s/^Methods$/Results/' .order");
        await Mount.WaitAsync();
        Assert.That((await OrderAsync())[..4], Is.EqualTo(new[] { root, methods, steps, results }));
        Assert.That(await ShellAsync("rm .order; ls"), Is.EqualTo("Home.md\nMethods\nNew\nResults"));
        await Mount.WaitAsync();
        Assert.That(await OrderAsync(), Is.Empty);
    }

    [Test]
    public async Task Pages_made_here_can_be_put_in_order_as_soon_as_they_are_sent()
    {
        await ShellAsync("ls -A; echo top > Home.md; mkdir One; echo 1 > One/Home.md");
        await Mount.WaitAsync();
        await ShellAsync("mkdir Two; ls -A");
        await Mount.WaitAsync();
        Assert.That(await ShellAsync("cat .order; printf 'Two\\nOne\\n' > .order"), Is.EqualTo("One\nTwo"));
        await ShellAsync("mkdir Three");
        await Mount.WaitAsync();
        Assert.That(await ShellAsync("cat .order; rm .order"), Is.EqualTo("Two\nOne\nThree"));
        await Mount.WaitAsync();
        await ShellAsync("printf 'Three\\n' > $OUT/o; cp $OUT/o .order");
        await Mount.WaitAsync();

        Assert.That(await ShellAsync("cat .order"), Is.EqualTo("Three\nOne\nTwo"), Mount.Said);
    }

    [Test]
    public async Task An_order_that_somebody_else_changed_since_is_theirs()
    {
        var root = await AddPageAsync(null, null, "top\n");
        var one = await AddPageAsync(root, "One", "");
        var two = await AddPageAsync(root, "Two", "");
        await ShellAsync("cat .order");
        var present = await World.Client.Wikis.GetOrderAsync(World.Project, Priority, default);
        await World.Client.Wikis.UpdateOrderAsync(World.Project, present with { IdList = [root, one, two] }, Priority, default);
        await ShellAsync("printf 'Two\\nOne\\n' > .order");
        await Mount.WaitAsync();

        Assert.That(await OrderAsync(), Is.EqualTo(new[] { root, one, two }));
        Assert.That(await ShellAsync("cat .order; cat .order*conflict* || ls -A"), Is.EqualTo("One\nTwo\nTwo\nOne"), Mount.Said);
    }

    private async Task<string[]> OrderAsync() =>
        [.. (await World.Client.Wikis.GetOrderAsync(World.Project, Priority, default)).IdList ?? []];
}
