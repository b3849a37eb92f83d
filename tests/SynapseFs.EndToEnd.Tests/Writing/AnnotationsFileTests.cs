using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Annotations through a text and the programs that people have for those.</summary>
[TestFixture]
internal sealed class AnnotationsFileTests : TextFixture
{
    protected override async Task FillAsync()
    {
        await base.FillAsync();
        await AnnotateAsync(("age", "LONG", "7"), ("species", "STRING", "human"));
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
        await Mount.WaitAsync();

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
        await Mount.WaitAsync();

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
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.Empty);
        Assert.That(await ShellAsync("getfattr -d ../../../a.txt | grep -c species || true"), Is.EqualTo("0"));
    }

    [Test]
    public async Task An_attribute_that_is_set_right_after_the_text_was_saved_spoils_neither()
    {
        await ShellAsync("sed -i s/human/mouse/ annotations.json; setfattr -n user.lab -v east ../../../a.txt; setfattr -x user.age ../../../a.txt");
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("lab:STRING=east species:STRING=mouse"));
        Assert.That(await ShellAsync("ls"), Does.Not.Contain("conflict"));
    }

    [Test]
    public async Task Waiting_for_a_file_waits_for_the_texts_about_it()
    {
        await ShellAsync("sed -i s/human/mouse/ annotations.json");
        await Mount.WaitAsync("a.txt");

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=7 species:STRING=mouse"));
    }

    [Test]
    public async Task The_texts_about_a_new_file_are_there_as_soon_as_it_is_sent()
    {
        await ShellAsync("cd ../../..; echo new > new.txt; ! cat .synapse/of/new.txt/annotations.json 2> $OUT/x");
        await Mount.WaitAsync("new.txt");

        Assert.That(await ShellAsync("jq -r .name ../new.txt/entity.json"), Is.EqualTo("new.txt"));
    }

    [Test]
    public async Task Listing_the_room_leaves_what_lies_beside_the_texts()
    {
        await ShellAsync("echo t > notes.tmp; ls ..; ls -A ..");
        await ShellAsync("echo '{\"a\": 1}' > annotations.json");
        await Mount.WaitAsync();

        Assert.That(await ShellAsync("cat notes.tmp; getfattr --only-values -n user.a ../../../a.txt"), Is.EqualTo("t\n1"), Mount.Said);
        // Nor does the shell's closing of the emptied text, before it writes, count as one that is not valid.
        Assert.That(Mount.Said, Does.Not.Contain("deleted").And.Not.Contain("not valid"));
    }

    [Test]
    public async Task Moving_the_text_aside_and_deleting_it_leaves_the_entity_alone()
    {
        await ShellAsync("cat annotations.json; mv annotations.json x; ls ../../.. | grep a.txt; cat ../../../a.txt; rm x");
        await Mount.WaitAsync();

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
        Assert.That(await TryWritingAsync("annotations.json", text), Is.EqualTo("fsync EINVAL\nclose EINVAL\nrename EINVAL"));

        Assert.That(await ShellAsync("jq -c . annotations.json"), Is.EqualTo("{\"age\":7,\"species\":\"human\"}"));
        Assert.That(await ShellAsync("stat -c %s annotations.json"), Is.EqualTo("37"));
        Assert.That(Mount.Said, Does.Contain("'/.synapse/of/a.txt/annotations.json' is as it was").And.Contains(words));
        await Mount.WaitAsync();
        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=7 species:STRING=human"));
    }

    [Test]
    public async Task A_text_that_somebody_else_changed_since_is_theirs_and_ours_is_kept_beside_it()
    {
        await ShellAsync("cat annotations.json");
        await AnnotateAsync(("age", "LONG", "8"), ("species", "STRING", "human"));
        await ShellAsync("jq '.age = 9' annotations.json > tmp; mv tmp annotations.json");
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=8 species:STRING=human"));
        Assert.That(await ShellAsync("jq .age annotations.json"), Is.EqualTo("8"));
        Assert.That(await ShellAsync("jq .age 'annotations (conflict,'*.json"), Is.EqualTo("9"));
        Assert.That(Mount.Said, Does.Contain("what was written here is kept as 'annotations (conflict"));
    }

    [Test]
    public async Task Who_may_only_read_cannot_write_the_text()
    {
        await World.ShareAsync(World.Project, Reader, "READ", "DOWNLOAD");
        await using var mount = await MountAsReaderAsync();
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
        await Mount.DisposeAsync();
        Mount = await World.MountAsync("--offline");
        await ShellAsync("echo '{ \"age\": 9 }' > annotations.json; cat annotations.json");
        await Mount.KillAsync();
        await Mount.DisposeAsync();
        Mount = await World.MountAsync();
        Assert.That(await ShellAsync("jq .age annotations.json"), Is.EqualTo("9"));
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(), Is.EqualTo("age:LONG=9"));
    }

    private async Task AnnotateAsync(params (string Key, string Type, string Value)[] annotations) =>
        await World.Client.Annotations.UpdateAsync(
            TheFile,
            new Annotations
            {
                Etag = (await World.Client.Entities.GetAsync(TheFile, null, RequestPriority.Interactive, default)).Etag,
                Values = annotations.ToDictionary(
                    annotation => annotation.Key, annotation => new AnnotationsValue { Type = annotation.Type, Value = [annotation.Value] }),
            },
            RequestPriority.Interactive, default);

    private async Task<string> AnnotationsAsync()
    {
        var annotations = await World.Client.Annotations.GetAsync(TheFile, null, RequestPriority.Interactive, default);
        return string.Join(' ', annotations.Values!.OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key}:{value.Value.Type}={string.Join('|', value.Value.Value!)}"));
    }
}
