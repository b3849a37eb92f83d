using SynapseFs.Api;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>What cannot be in a wiki, must not be changed, or goes wrong on its way.</summary>
[TestFixture]
internal sealed class WikiRefusalTests : WikiFixture
{
    [TestCase("os.mkdir('Home.md')", "EINVAL")]
    [TestCase("os.mkdir('x' * 257)", "ENAMETOOLONG")]
    [TestCase("os.mkdir('a%20b')", "EINVAL")]
    [TestCase("os.mkdir('   ')", "EINVAL")]
    [TestCase("os.mkdir(b'\\xff')", "EINVAL")]
    [TestCase("os.mkdir('a%2Fb'); os.mkdir('50% sure'); os.mkdir('Größe: 1')", "done")]
    [TestCase("open('plöt.png', 'w')", "EINVAL")]
    [TestCase("os.symlink('Home.md', 'link')", "EPERM")]
    [TestCase("os.mkdir('A'); os.rename('A', 'A/B')", "EINVAL")]
    [TestCase("os.mkdir('A'); os.mkdir('A/B'); os.rmdir('A')", "ENOTEMPTY")]
    [TestCase("os.mkdir('A'); os.rename('A', '../../A')", "EPERM")]
    [TestCase("os.rename('../../a.txt', 'a.txt')", "EXDEV")]
    [TestCase("open('x', 'w').write('x'); os.rename('x', '../../x')", "EXDEV")]
    [TestCase("os.rename('.', '../other')", "EBUSY")]
    [TestCase("os.rmdir('../wiki')", "EROFS")]
    public async Task What_a_wiki_cannot_hold_is_refused_by_its_errno(string what, string outcome)
    {
        Assert.That(await TryAsync(what), Is.EqualTo(outcome));
    }

    [TestCase("b'\\xff\\n'", "It is not UTF-8")]
    [TestCase("b'a\\0b'", "It has a NUL")]
    [TestCase("b''", "It is empty")]
    [TestCase("b'x' * ((1 << 20) + 1)", "1048576 are the most")]
    public async Task A_text_that_no_page_can_have_is_EINVAL_told_and_changes_nothing(string text, string words)
    {
        await AddPageAsync(null, null, "as it was\n");
        await ShellAsync("cat Home.md");

        var write = $"""
            fd = os.open('Home.md', os.O_WRONLY | os.O_TRUNC); os.write(fd, {text}); os.close(fd)
            """;
        Assert.That(await TryAsync(write), Is.EqualTo("EINVAL"));
        Assert.That(await TryAsync($"open('tmp', 'wb').write({text}); os.rename('tmp', 'Home.md')"), Is.EqualTo("EINVAL"));

        Assert.That(await ShellAsync("rm tmp; cat Home.md"), Is.EqualTo("as it was"));
        Assert.That(Mount.Said, Does.Contain("Home.md' is as it was").And.Contains(words));
        await Mount.WaitAsync();
        Assert.That(await TextAsync(null), Is.EqualTo("as it was\n"));
    }

    [TestCase("One\\nThree\\n", "line 2 names 'Three'")]
    [TestCase("One\\nTwo\\nOne\\n", "line 3 names 'One' a second time")]
    [TestCase("", "It is empty")]
    public async Task An_order_that_names_no_page_or_one_twice_is_EINVAL_and_told(string text, string words)
    {
        var root = await AddPageAsync(null, null, "top\n");
        await AddPageAsync(root, "One", "");
        await AddPageAsync(root, "Two", "");
        await ShellAsync("cat .order");

        var write = $"fd = os.open('.order', os.O_WRONLY | os.O_TRUNC); os.write(fd, b'{text}'); os.close(fd)";
        Assert.That(await TryAsync(write), Is.EqualTo("EINVAL"));
        Assert.That(await ShellAsync("cat .order"), Is.EqualTo("One\nTwo"));
        Assert.That(Mount.Said, Does.Contain(".order' is as it was").And.Contains(words));
        Assert.That(await TryAsync("os.mkdir('.order')"), Is.EqualTo("EEXIST"));
        Assert.That(await TryAsync("os.mkdir('One/.order')"), Is.EqualTo("EINVAL"));
    }

    [Test]
    public async Task Who_may_only_read_a_wiki_cannot_change_it()
    {
        var root = await AddPageAsync(null, null, "read me\n", "plot.png");
        await AddPageAsync(root, "Below", "deeper\n");
        await World.ShareAsync(World.Project, Reader, "READ", "DOWNLOAD");
        await using var mount = await MountAsReaderAsync();
        var wiki = mount[".synapse/wiki"];

        Assert.That((await Command.ShellAsync($"cd '{wiki}'; cat Home.md plot.png Below/Home.md")).Output, Is.EqualTo("read me\nbytes of plot.pngdeeper\n"));
        foreach (var change in new[] { "echo x > Home.md", "mkdir New", "cp Home.md new.md", "rm -f plot.png", "rm -f Home.md", "mv -f Below Above", "echo x > Below/x.txt", "echo Below > .order", "rm -f .order", "rmdir Below" })
        {
            var result = await Command.ShellAsync($"cd '{wiki}'; {change}");
            Assert.That(result.Error, Does.Contain(change == "rmdir Below" ? "not empty" : "Permission denied"), $"{change}\n{mount.Said}");
        }

        Assert.That(await TreeAsync(), Is.EqualTo("/Below"));
    }

    [Test]
    public async Task A_read_only_mount_leaves_wikis_alone()
    {
        await AddPageAsync(null, null, "read me\n");
        await using var mount = await World.MountSourceAsync(World.Project, "readonly", "--read-only");
        var result = await Command.ShellAsync($"cd '{mount[".synapse/wiki"]}'; cat Home.md; echo x > Home.md; mkdir New");

        Assert.That(result.Output, Is.EqualTo("read me\n"));
        Assert.That(result.Error.Split("Read-only file system"), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_page_moved_to_another_entitys_wiki_is_copied_there()
    {
        await ShellAsync("mkdir -p A/B; echo text > A/Home.md; printf data > A/B/x.csv");
        await Mount.WaitAsync();
        await ShellAsync("mv A ../of/a.txt/wiki/Moved; cat ../of/a.txt/wiki/Moved/Home.md ../of/a.txt/wiki/Moved/B/x.csv");
        await Mount.WaitAsync();

        Assert.That(await TreeAsync(), Is.Empty);
        Assert.That(await ShellAsync("ls; cat ../of/a.txt/wiki/Moved/Home.md ../of/a.txt/wiki/Moved/B/x.csv"), Is.EqualTo("text\ndata"));
    }

    [Test]
    public async Task A_page_in_which_somebody_else_has_put_something_is_not_deleted()
    {
        var root = await AddPageAsync(null, null, "top\n");
        var page = await AddPageAsync(root, "Page", "");
        await ShellAsync("ls Page");
        await AddPageAsync(page, "Theirs", "new\n");
        await ShellAsync("rmdir Page");

        Assert.That(await Eventually.HoldsAsync(() => Mount.Said.Contains("shown again", StringComparison.Ordinal), TimeSpan.FromSeconds(30)), Mount.Said);
        Assert.That(await TreeAsync(), Is.EqualTo("/Page /Page/Theirs"));
        Assert.That(await ShellAsync("cat Page/Theirs/Home.md"), Is.EqualTo("new"));
    }

    [Test]
    public async Task A_text_moved_aside_and_not_written_anew_becomes_an_attachment_and_the_page_has_none()
    {
        var root = await AddPageAsync(null, null, "precious\n");
        await ShellAsync("mv Home.md draft.md");
        await Mount.WaitAsync();
        Assert.That(await TextAsync(null), Is.Null.Or.Empty);
        Assert.That(await AttachmentsAsync(root), Is.EqualTo("draft.md"));

        await ShellAsync("mv draft.md Home.md");
        await Mount.WaitAsync();
        Assert.That(await TextAsync(null), Is.EqualTo("precious\n"));
        Assert.That(await AttachmentsAsync(root), Is.Empty);
    }

    [Test]
    public async Task What_was_written_without_a_network_survives_a_kill()
    {
        var root = await AddPageAsync(null, null, "old\n");
        await AddPageAsync(root, "Goes", "");
        await ShellAsync("ls . Goes; cat Home.md");
        await Mount.DisposeAsync();
        Mount = await World.MountAsync("--offline");
        await ShellAsync("echo new > Home.md; mkdir -p A/B; echo deep > A/B/Home.md; printf data > A/x.csv; rmdir Goes");
        await Mount.KillAsync();
        await Mount.DisposeAsync();
        Mount = await World.MountAsync();
        Assert.That(await ShellAsync("cat Home.md A/B/Home.md A/x.csv; ls"), Is.EqualTo("new\ndeep\ndataA\nHome.md"));
        await Mount.WaitAsync();

        Assert.That(await TextAsync(null), Is.EqualTo("new\n"));
        Assert.That(await TextAsync("B"), Is.EqualTo("deep\n"));
        Assert.That(await TreeAsync(), Is.EqualTo("/A /A/B"));
    }

    [TestCase("POST", "/repo/v1/entity/*/wiki")]
    [TestCase("PUT", "/repo/v1/entity/*/wiki/*")]
    [TestCase("PUT", "/repo/v1/entity/*/wiki2/*")]
    [TestCase("DELETE", "/repo/v1/entity/*/wiki2/*")]
    public async Task A_lost_answer_doubles_nothing_in_a_wiki(string method, string path)
    {
        var root = await AddPageAsync(null, null, "old\n");
        await AddPageAsync(root, "Goes", "");
        await AddPageAsync(root, "Here", "");
        await ShellAsync("ls . Goes; cat Home.md");
        var rule = World.Server.Faults.Add(new FaultRule { LoseAnswer = true, Method = method, Path = path, Count = 1 });
        await ShellAsync("echo new > Home.md; mkdir Made; printf data > x.csv; rmdir Goes; mv Here There");
        await Mount.WaitAsync();

        Assert.That(World.Server.Faults.TimesApplied(rule), Is.EqualTo(1));
        Assert.That(await TreeAsync(), Is.EqualTo("/Made /There"));
        Assert.That(await TextAsync(null), Is.EqualTo("new\n"));
        Assert.That(await AttachmentsAsync(root), Is.EqualTo("x.csv"));
        Assert.That(await ShellAsync("ls; cat Home.md x.csv"), Is.EqualTo("Home.md\nMade\nThere\nx.csv\nnew\ndata"));
    }

    private Task<string> TryAsync(string python) => ShellAsync(
        $"""
         python3 - <<'END'
         import errno, os
         try:
             {python}
             print("done")
         except OSError as e:
             print(errno.errorcode[e.errno])
         END
         """);
}
