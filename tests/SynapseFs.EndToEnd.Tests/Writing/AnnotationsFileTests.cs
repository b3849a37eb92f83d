using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Annotations through a text and the programs that people have for those.</summary>
[TestFixture]
internal sealed class AnnotationsFileTests
{
    private const string Reader = "sfs_reader_token_of_this_test";

    private World _world = null!;
    private Mount _mount = null!;
    private string _file = null!;

    private string Room => _mount[".synapse/of/a.txt"];

    [SetUp]
    public async Task Serve_and_mount()
    {
        var reader = new ServerUser { Name = "reader", Token = Reader };
        _world = await World.StartAsync(options => options with { MakesPreviews = false, Users = [reader] });
        _file = await _world.AddFileAsync("a.txt", "one\n"u8.ToArray());
        await AnnotateAsync(("age", "LONG", "7"), ("species", "STRING", "human"));
        _mount = await _world.MountAsync("--settle", "200ms");
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [TestCase("jq '.species = \"mouse\"' annotations.json > tmp && mv tmp annotations.json")]
    [TestCase("text=$(jq '.species = \"mouse\"' annotations.json); echo \"$text\" > annotations.json")]
    [TestCase("sed -i s/human/mouse/ annotations.json")]
    [TestCase("sed -i.bak s/human/mouse/ annotations.json; rm annotations.json.bak")]
    [TestCase("cp annotations.json $OUT/x; sed -i s/human/mouse/ $OUT/x; cp $OUT/x annotations.json")]
    [TestCase("cp annotations.json $OUT/x; sed -i s/human/mouse/ $OUT/x; mv $OUT/x annotations.json")]
    [TestCase("cp annotations.json $OUT/x; sed -i s/human/mouse/ $OUT/x; rsync --checksum $OUT/x annotations.json")]
    [TestCase("{ /bin/echo '{ \"age\": 7,'; /bin/echo '\"species\": \"mouse\" }'; } > annotations.json 2> $OUT/x || true")]
    public async Task Filters_and_copies_change_the_annotations(string script)
    {
        await ShellAsync(script);
        await _mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=7 species:STRING=mouse"));
        Assert.That(await ShellAsync("cat annotations.json"), Is.EqualTo("{\n  \"age\": 7,\n  \"species\": \"mouse\"\n}"));
        Assert.That(await ShellAsync("ls"), Is.EqualTo("access.json\nannotations.json\nentity.json\nprovenance.json\nversions\nwiki"));
        Assert.That(await ShellAsync("getfattr --only-values -n user.species ../../../a.txt"), Is.EqualTo("mouse"));
    }

    [TestCaseSource(typeof(Editor), nameof(Editor.All))]
    public async Task Any_editor_changes_the_annotations(Editor editor)
    {
        await ToolRun.RequireAsync(new Tool(editor.Name, [editor.Needs], editor.Script));
        await ShellAsync($"FILE=annotations.json\n{editor.Replacing("human", "mouse")}");
        await _mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=7 species:STRING=mouse"));
        Assert.That(await ShellAsync("jq -r .species annotations.json"), Is.EqualTo("mouse"));
        Assert.That(await ShellAsync("cat ../../../a.txt"), Is.EqualTo("one"));
    }

    [Test]
    public async Task What_is_set_as_an_attribute_shows_in_the_text_at_once_and_the_other_way_round()
    {
        await ShellAsync("cat annotations.json; setfattr -n user.species -v mouse ../../../a.txt");
        Assert.That(await ShellAsync("jq -r .species annotations.json"), Is.EqualTo("mouse"));

        Assert.That(
            await ShellAsync("jq '.age = 8' annotations.json > tmp; mv tmp annotations.json; getfattr --only-values -n user.age ../../../a.txt"),
            Is.EqualTo("8"));
        await ShellAsync("setfattr -x user.age ../../../a.txt; echo '{}' > annotations.json");
        await _mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.Empty);
        Assert.That(await ShellAsync("getfattr -d ../../../a.txt | grep -c species || true"), Is.EqualTo("0"));
    }

    [Test]
    public async Task An_attribute_that_is_set_right_after_the_text_was_saved_spoils_neither()
    {
        await ShellAsync("sed -i s/human/mouse/ annotations.json; setfattr -n user.lab -v east ../../../a.txt; setfattr -x user.age ../../../a.txt");
        await _mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("lab:STRING=east species:STRING=mouse"));
        Assert.That(await ShellAsync("ls"), Does.Not.Contain("conflict"));
    }

    [Test]
    public async Task Waiting_for_a_file_waits_for_the_texts_about_it()
    {
        await ShellAsync("sed -i s/human/mouse/ annotations.json");
        await _mount.WaitAsync("a.txt");

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=7 species:STRING=mouse"));
    }

    [Test]
    public async Task Moving_the_text_aside_and_deleting_it_leaves_the_entity_alone()
    {
        await ShellAsync("cat annotations.json; mv annotations.json x; ls ../../.. | grep a.txt; cat ../../../a.txt; rm x");
        await _mount.WaitAsync();

        Assert.That(await ShellAsync("ls; cat ../../../a.txt; jq .age annotations.json"), Is.EqualTo("access.json\nannotations.json\nentity.json\nprovenance.json\nversions\nwiki\none\n7"));
        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=7 species:STRING=human"));
    }

    [TestCase("{ \"age\": 7", "It is no JSON")]
    [TestCase("", "It is empty")]
    [TestCase("[]", "one JSON object")]
    [TestCase("{ \"a b\": 7 }", "cannot be the key")]
    [TestCase("{ \"age\": { \"type\": \"LONG\" } }", "nothing is nested")]
    [TestCase("{ \"age\": null }", "null is no value")]
    [TestCase("{ \"age\": 1, \"age\": 2 }", "stands there twice")]
    [TestCase("{ \"age:long\": \"x\" }", "no whole number")]
    [TestCase("LONG", "at most 500 characters")]
    public async Task A_text_that_is_not_valid_is_EINVAL_told_and_changes_nothing(string text, string words)
    {
        text = text == "LONG" ? $"{{ \"a\": \"{new string('x', 501)}\" }}" : text;
        var script = """
            import errno, os, sys
            def attempt(what, do):
                try:
                    do()
                    print(what, "done")
                except OSError as e:
                    print(what, errno.errorcode[e.errno])
            fd = os.open("annotations.json", os.O_WRONLY | os.O_TRUNC)
            os.write(fd, sys.argv[1].encode())
            attempt("fsync", lambda: os.fsync(fd))
            attempt("close", lambda: os.close(fd))
            with open("tmp", "w") as tmp:
                tmp.write(sys.argv[1])
            attempt("rename", lambda: os.rename("tmp", "annotations.json"))
            os.unlink("tmp")
            """;
        await File.WriteAllTextAsync(Path.Combine(_world.Directory("out"), "try.py"), script);

        Assert.That(
            await ShellAsync($"python3 $OUT/try.py '{text}'"), Is.EqualTo("fsync EINVAL\nclose EINVAL\nrename EINVAL"));

        Assert.That(await ShellAsync("jq -c . annotations.json"), Is.EqualTo("{\"age\":7,\"species\":\"human\"}"));
        Assert.That(await ShellAsync("stat -c %s annotations.json"), Is.EqualTo("37"));
        Assert.That(_mount.Said, Does.Contain("'/.synapse/of/a.txt/annotations.json' is as it was").And.Contains(words));
        await _mount.WaitAsync();
        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=7 species:STRING=human"));
    }

    [Test]
    public async Task A_text_that_somebody_else_changed_since_is_theirs_and_ours_is_kept_beside_it()
    {
        await ShellAsync("cat annotations.json");
        await AnnotateAsync(("age", "LONG", "8"), ("species", "STRING", "human"));
        await ShellAsync("jq '.age = 9' annotations.json > tmp; mv tmp annotations.json");
        await _mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=8 species:STRING=human"));
        Assert.That(await ShellAsync("jq .age annotations.json"), Is.EqualTo("8"));
        Assert.That(await ShellAsync("jq .age 'annotations (conflict,'*.json"), Is.EqualTo("9"));
        Assert.That(_mount.Said, Does.Contain("what was written here is kept as 'annotations (conflict"));
    }

    [Test]
    public async Task Who_may_only_read_cannot_write_the_text()
    {
        var acl = await _world.Client.Entities.GetAclAsync(_world.Project, RequestPriority.Interactive, default);
        var own = new ResourceAccess { PrincipalId = _world.Server.Accounts.Single().PrincipalId, AccessType = ["READ", "DOWNLOAD"] };
        await _world.Client.Entities.UpdateAclAsync(
            _world.Project, acl! with { ResourceAccess = [.. acl.ResourceAccess!, own] }, RequestPriority.Interactive, default);
        _world.MountToken = Reader;
        await using var mount = await _world.MountSourceAsync(_world.Project, "reader");
        var text = mount[".synapse/of/a.txt/annotations.json"];

        Assert.That(File.ReadAllText(text), Does.Contain("human"));
        Assert.That((await Command.ShellAsync($"echo '{{}}' > '{text}'")).Error, Does.Contain("Permission denied"));
        var renamed = await Command.ShellAsync($"cd $(dirname '{text}'); echo '{{}}' > tmp; mv -f tmp annotations.json");
        Assert.That(renamed.Error, Does.Contain("Permission denied"));
    }

    [Test]
    public async Task A_text_that_could_not_be_sent_survives_a_kill()
    {
        await ShellAsync("cat annotations.json");
        await _mount.DisposeAsync();
        _mount = await _world.MountAsync("--offline");
        await ShellAsync("echo '{ \"age\": 9 }' > annotations.json; cat annotations.json");
        await _mount.KillAsync();
        await _mount.DisposeAsync();
        _mount = await _world.MountAsync();
        Assert.That(await ShellAsync("jq .age annotations.json"), Is.EqualTo("9"));
        await _mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=9"));
    }

    private async Task<string> ShellAsync(string script)
    {
        var environment = new Dictionary<string, string> { ["OUT"] = _world.Directory("out"), ["LC_ALL"] = "C.UTF-8" };
        var result = await Command.ShellAsync($"set -eu; cd '{Room}'\n{script}", environment);
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{_mount.Said}");
        return result.Output.Trim();
    }

    private async Task AnnotateAsync(params (string Key, string Type, string Value)[] annotations) =>
        await _world.Client.Annotations.UpdateAsync(
            _file,
            new Annotations
            {
                Etag = (await _world.Client.Entities.GetAsync(_file, null, RequestPriority.Interactive, default)).Etag,
                Values = annotations.ToDictionary(
                    annotation => annotation.Key, annotation => new AnnotationsValue { Type = annotation.Type, Value = [annotation.Value] }),
            },
            RequestPriority.Interactive, default);

    private async Task<string> AnnotationsAsync()
    {
        var annotations = await _world.Client.Annotations.GetAsync(_file, null, RequestPriority.Interactive, default);
        return string.Join(' ', annotations.Values!.OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key}:{value.Value.Type}={string.Join('|', value.Value.Value!)}"));
    }
}
