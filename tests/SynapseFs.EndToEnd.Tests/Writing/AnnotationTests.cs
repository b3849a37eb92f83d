using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Annotations through the tools that people have for extended attributes.</summary>
[TestFixture]
internal sealed class AnnotationTests : MountFixture
{
    private string _file = null!;

    protected override async Task FillAsync() => _file = await World.AddFileAsync("a.txt", "one\n"u8.ToArray());

    [Test]
    public async Task Annotations_are_set_and_removed_with_the_usual_tools()
    {
        await ShellAsync("""
            setfattr -n user.species -v 'Homo sapiens' a.txt
            setfattr -n user.age -v 7 a.txt
            setfattr -n user.gone -v x a.txt
            setfattr -x user.gone a.txt
            python3 -c 'import os; os.setxattr("a.txt", "user.tissue", "[\"brain\",\"liver\"]".encode())'
            python3 -c 'import os; fd = os.open("a.txt", os.O_RDONLY); os.setxattr(fd, "user.isQC", b"true")'
            """);

        Assert.That(await AnnotationsAsync(_file), Is.EqualTo(
            "age:LONG=7 isQC:BOOLEAN=true species:STRING=Homo sapiens tissue:STRING=brain|liver"));
        Assert.That(await ShellAsync("getfattr -d -m '^user.(species|tissue|age)$' a.txt"), Is.EqualTo("""
            # file: a.txt
            user.age="7"
            user.species="Homo sapiens"
            user.tissue="[\"brain\",\"liver\"]"
            """));
        Assert.That(await ShellAsync("! getfattr -n user.gone a.txt 2>&1"), Does.Contain("No such attribute"));
        Assert.That(await ShellAsync("cat a.txt; getfattr --only-values -n user.synapse.state a.txt"), Is.EqualTo("one\nsynced"));
        Assert.That((await World.Client.Entities.GetAsync(_file, null, RequestPriority.Interactive, default)).VersionNumber, Is.EqualTo(1));
    }

    [Test]
    public async Task The_value_tells_the_type_and_a_suffix_forces_one()
    {
        await ShellAsync("""
            setfattr -n user.a -v 0.25 a.txt
            setfattr -n user.b -v 2024-01-02 a.txt
            setfattr -n user.c:string -v 150 a.txt
            setfattr -n user.d:double -v 150 a.txt
            setfattr -n user.e -v '[1,2,3]' a.txt
            setfattr -n user.c -v 151 a.txt
            setfattr -n user.d -v 151 a.txt
            """);

        Assert.That(await AnnotationsAsync(_file), Is.EqualTo(
            "a:DOUBLE=0.25 b:TIMESTAMP_MS=1704153600000 c:STRING=151 d:DOUBLE=151 e:LONG=1|2|3"));
        Assert.That(await ShellAsync("getfattr --only-values -n user.b a.txt"), Is.EqualTo("2024-01-02T00:00:00.000Z"));
    }

    [Test]
    public async Task Directories_and_the_project_itself_are_annotated_too()
    {
        await ShellAsync("mkdir d && setfattr -n user.a -v 1 d && setfattr -n user.b -v 2 .");
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(World.Project), Is.EqualTo("b:LONG=2"));
        Assert.That(await AnnotationsAsync(await IdAsync("d")), Is.EqualTo("a:LONG=1"));
    }

    [TestCase("cp --preserve=xattr a.txt b.txt")]
    [TestCase("cp --preserve=all a.txt b.txt")]
    [TestCase("rsync -aX a.txt b.txt")]
    [TestCase("rsync -aX --inplace a.txt b.txt")]
    [TestCase("echo something older > b.txt; rsync -aX a.txt b.txt")]
    [TestCase("mkdir -p d && cp --preserve=xattr a.txt d && mv d/a.txt b.txt && rmdir d")]
    [TestCase("touch b.txt; setfattr -n user.species -v human b.txt; setfattr -n user.age -v 7 b.txt; cat a.txt > b.txt")]
    public async Task Copying_with_attributes_carries_annotations(string script)
    {
        await ShellAsync($"setfattr -n user.species -v human a.txt; setfattr -n user.age -v 7 a.txt\n{script}");
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(await IdAsync("b.txt")), Is.EqualTo("age:LONG=7 species:STRING=human"));
        Assert.That(await IdAsync("b.txt"), Is.Not.EqualTo(_file));
        Assert.That(await ShellAsync("cat b.txt"), Is.EqualTo("one"));
    }

    [TestCase("sed -i s/one/two/ a.txt")]
    [TestCase("echo two > new && mv new a.txt")]
    [TestCase("local=$(mktemp); echo two > $local; cp $local a.txt; rm $local")]
    [TestCase("vim -u NONE -es '+set backupskip= backupcopy=no backup' '+%s/one/two/' '+wq' a.txt")]
    public async Task However_a_file_is_saved_it_keeps_its_annotations(string script)
    {
        await ShellAsync($"setfattr -n user.species -v human a.txt\n{script}");
        await Mount.WaitAsync();

        Assert.That(await ShellAsync("cat a.txt"), Is.EqualTo("two"));
        Assert.That(await IdAsync("a.txt"), Is.EqualTo(_file));
        Assert.That(await AnnotationsAsync(_file), Is.EqualTo("species:STRING=human"));
    }

    [TestCase("user.a-b", "x", "EINVAL", "cannot be the key")]
    [TestCase("user.größe", "x", "EINVAL", "cannot be the key")]
    [TestCase("user.a:int", "x", "EINVAL", "no type of annotations")]
    [TestCase("user.a:long", "x", "EINVAL", "'x' is no whole number")]
    [TestCase("user.a", "[[1]]", "EINVAL", "nested")]
    [TestCase("user.a", "[null]", "EINVAL", "null is no value")]
    [TestCase("user._accessRequirementIds", "x", "EINVAL", "for itself")]
    [TestCase("user.a", "LONG", "E2BIG", "at most 500 characters")]
    [TestCase("user.synapse.etag", "x", "EPERM", "is a fact")]
    [TestCase("security.x", "x", "ENOTSUP", null)]
    [TestCase("trusted.x", "x", "ENOTSUP", null)]
    public async Task What_no_annotation_can_be_fails_in_the_call_and_is_told(string name, string value, string errno, string? words)
    {
        await ShellAsync("setfattr -n user.kept -v 1 a.txt");

        Assert.That(await SetAsync(name, value == "LONG" ? new string('x', 501) : value), Is.EqualTo(errno));

        Assert.That(await AnnotationsAsync(_file), Is.EqualTo("kept:LONG=1"));
        if (words is not null)
            Assert.That(Mount.Said, Does.Contain(words));
    }

    [Test]
    public async Task The_hundred_and_first_annotation_is_refused()
    {
        await World.Client.Annotations.UpdateAsync(
            _file,
            new Annotations
            {
                Etag = (await World.Client.Entities.GetAsync(_file, null, RequestPriority.Interactive, default)).Etag,
                Values = Enumerable.Range(1, 100).ToDictionary(number => $"k{number}", _ => new AnnotationsValue { Type = "STRING", Value = ["x"] }),
            },
            RequestPriority.Interactive, default);

        Assert.That(await SetAsync("user.more", "x"), Is.EqualTo("ENOSPC"));
        Assert.That(await SetAsync("user.k1", "y"), Is.EqualTo("done"));
    }

    [Test]
    public async Task An_annotation_that_somebody_else_changed_is_not_overwritten()
    {
        await ShellAsync("setfattr -n user.species -v human a.txt");
        await World.Client.Annotations.UpdateAsync(
            _file,
            new Annotations
            {
                Etag = (await World.Client.Entities.GetAsync(_file, null, RequestPriority.Interactive, default)).Etag,
                Values = new Dictionary<string, AnnotationsValue>
                {
                    ["species"] = new() { Type = "STRING", Value = ["mouse"] },
                    ["theirs"] = new() { Type = "LONG", Value = ["1"] },
                },
            },
            RequestPriority.Interactive, default);

        Assert.That(await SetAsync("user.species", "yeast"), Is.EqualTo("EBUSY"));
        Assert.That(await AnnotationsAsync(_file), Is.EqualTo("species:STRING=mouse theirs:LONG=1"));
        Assert.That(Mount.Said, Does.Contain("user.species was changed to 'mouse' in Synapse since, so 'yeast' was not sent"));
        Assert.That(await ShellAsync("getfattr --only-values -n user.species a.txt"), Is.EqualTo("mouse"));

        Assert.That(await SetAsync("user.species", "yeast"), Is.EqualTo("done"));
        Assert.That(await AnnotationsAsync(_file), Is.EqualTo("species:STRING=yeast theirs:LONG=1"));
    }

    [Test]
    public async Task Without_the_permission_to_change_an_annotation_is_refused()
    {
        await World.ShareAsync(World.Project, Reader, "READ", "DOWNLOAD");
        await using var mount = await MountAsReaderAsync();

        Assert.That(await SetAsync("user.a", "1", mount), Is.EqualTo("EACCES"));
        Assert.That(await AnnotationsAsync(_file), Is.Empty);
    }

    [Test]
    public async Task An_annotation_that_could_not_be_sent_survives_a_kill()
    {
        await ShellAsync("getfattr -d a.txt; ls -l .; echo new > new.txt");
        await Mount.WaitAsync();
        await ShellAsync("getfattr -d new.txt");
        await Mount.DisposeAsync();
        Mount = await World.MountAsync("--offline");
        await ShellAsync("setfattr -n user.a -v 1 a.txt; setfattr -n user.b -v 2 new.txt; getfattr -n user.a a.txt");
        await Mount.KillAsync();
        Assert.That(await AnnotationsAsync(_file), Is.Empty);

        await Mount.DisposeAsync();
        Mount = await World.MountAsync();
        Assert.That(await ShellAsync("getfattr --only-values -n user.a a.txt"), Is.EqualTo("1"));
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(_file), Is.EqualTo("a:LONG=1"));
        Assert.That(await AnnotationsAsync(await IdAsync("new.txt")), Is.EqualTo("b:LONG=2"));
    }

    [Test]
    public async Task Attributes_that_programs_set_for_themselves_stay_here()
    {
        Assert.That(await ShellAsync("""
            setfattr -n user.xdg.origin.url -v https://x a.txt
            setfattr -n user.DOSATTRIB -v 0x00ff01 a.txt
            setfattr -n user.com.apple.quarantine -v q a.txt
            setfattr -x user.com.apple.quarantine a.txt
            getfattr -e hex -n user.DOSATTRIB a.txt | tail -n +2
            getfattr -d a.txt | grep xdg
            """), Is.EqualTo("user.DOSATTRIB=0x00ff01\n\nuser.xdg.origin.url=\"https://x\""));
        await Mount.WaitAsync();

        Assert.That(await AnnotationsAsync(_file), Is.Empty);
    }

    private async Task<string> SetAsync(string name, string value, Mount? mount = null)
    {
        var result = await Command.RunAsync(
            "python3",
            [
                "-c",
                """
                import errno, os, sys
                try:
                    os.setxattr(sys.argv[1], sys.argv[2], sys.argv[3].encode())
                    print("done")
                except OSError as e:
                    print({errno.EOPNOTSUPP: "ENOTSUP"}.get(e.errno) or errno.errorcode[e.errno])
                """,
                (mount ?? Mount)["a.txt"], name, value,
            ]);
        return result.Output.Trim();
    }

    private async Task<string> IdAsync(string name) => await ShellAsync($"getfattr --only-values -n user.synapse.id {name}");

    private async Task<string> AnnotationsAsync(string id)
    {
        var annotations = await World.Client.Annotations.GetAsync(id, null, RequestPriority.Interactive, default);
        return string.Join(' ', annotations.Values!.OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key}:{value.Value.Type}={string.Join('|', value.Value.Value!)}"));
    }
}
