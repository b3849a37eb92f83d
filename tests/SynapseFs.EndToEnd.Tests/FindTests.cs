using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Finding by annotations: the command, and the directories of things found.</summary>
[TestFixture]
internal sealed class FindTests : MountFixture
{
    protected override string[] MountOptions => [];

    protected override async Task FillAsync()
    {
        var human = await World.AddFolderAsync("human");
        var mouse = await World.AddFolderAsync("mouse");
        await AddAsync("reads.bam", human, ("species", "STRING", "Homo sapiens"), ("readLength", "LONG", "150"), ("url", "STRING", "a/b"));
        await AddAsync("short one.bam", human, ("species", "STRING", "Homo sapiens"), ("readLength", "LONG", "50"));
        await AddAsync("reads.bam", mouse, ("species", "STRING", "Mus musculus"), ("readLength", "LONG", "100"),
            ("collected", "TIMESTAMP_MS", "1717245000000"));
        await AddAsync("plain.txt", World.Project);
        await AnnotateAsync(mouse, ("species", "STRING", "Mus musculus"));
    }

    [Test]
    public async Task Find_prints_the_paths_of_what_is_annotated_so()
    {
        Assert.That((await FindAsync("species=Homo sapiens", "readLength>=100")).Lines, Is.EqualTo(new[] { "./human/reads.bam" }));
        Assert.That((await FindAsync("species=*")).Lines, Is.EqualTo(new[]
        {
            "./mouse", "./human/reads.bam", "./human/short one.bam", "./mouse/reads.bam",
        }));
        Assert.That((await FindAsync("mouse", "species=Mus*", "-type", "f")).Lines, Is.EqualTo(new[] { "mouse/reads.bam" }));
        Assert.That((await FindAsync("species!=Homo*", "--type", "d")).Lines, Is.EqualTo(new[] { "./mouse" }));
        Assert.That((await FindAsync("collected=2024-06-01")).Lines, Is.EqualTo(new[] { "./mouse/reads.bam" }));
        Assert.That((await FindAsync("synapse.type=file", "species!=*")).Lines, Is.EqualTo(new[] { "./plain.txt" }));
        Assert.That((await FindAsync("human/reads.bam", "readLength<=150")).Lines, Is.EqualTo(new[] { "human/reads.bam" }));
    }

    [Test]
    public async Task What_is_found_can_be_handed_to_other_programs()
    {
        var sums = await InMountAsync("\"$SYNAPSEFS\" find 'species=Homo sapiens' -0 | xargs -0 md5sum | sort -k2");

        Assert.That(sums.Lines.Select(line => line.Split("  ")[1]), Is.EqualTo(new[] { "./human/reads.bam", "./human/short one.bam" }));
        Assert.That(sums.Lines[0], Does.StartWith((await InMountAsync("md5sum < human/reads.bam")).Text.Split(' ')[0]));
    }

    [Test]
    public async Task What_is_known_is_not_asked_for_again_and_what_was_asked_is_told()
    {
        var first = await FindAsync("species=*");
        World.Server.Log.Reset();
        var second = await FindAsync("readLength<100");

        Assert.That(first.Error, Does.Contain("Synapse was asked about"));
        Assert.That(second.Lines, Is.EqualTo(new[] { "./human/short one.bam" }));
        Assert.That(second.Error, Is.Empty);
        Assert.That(World.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(1), "whether the path is still there");
    }

    [Test]
    public async Task By_wish_nothing_is_asked_and_what_is_not_known_is_told()
    {
        await InMountAsync("ls; getfattr -d human/reads.bam");
        World.Server.Log.Reset();

        var found = await FindAsync("--known", "species=*");

        Assert.That(found.Lines, Is.EqualTo(new[] { "./human/reads.bam" }));
        Assert.That(found.Error, Does.Contain("Not looked at: ").And.Contain("1 directory never listed").And.Contain("Without --known"));
        Assert.That(World.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task Without_a_network_what_is_known_is_found_and_the_rest_is_told()
    {
        await FindAsync("human", "species=*");
        await InMountAsync("ls");
        await Mount.DisposeAsync();
        Mount = await World.MountAsync("--offline");
        World.Server.Log.Reset();

        var found = await FindAsync("species=*");
        var linked = await InMountAsync("ls -1 human/.synapse/find/ 'human/.synapse/find/readLength>100'");

        Assert.That(found.ExitCode, Is.EqualTo(1));
        Assert.That(found.Output, Is.EqualTo("./human/reads.bam\n./human/short one.bam\n"));
        Assert.That(found.Error, Does.Contain("Not looked at: ").And.Contain("offline"));
        Assert.That(linked.Lines, Does.Contain("species=Homo sapiens").And.Contain("reads.bam").And.Not.Contain("short one.bam"));
        Assert.That(World.Server.Log.Totals.ApiRequests, Is.Zero);
    }

    [Test]
    public async Task The_report_says_the_same_for_programs()
    {
        using var json = JsonDocument.Parse((await FindAsync("--json", "species=Mus*", "speceis=x")).Text);
        using var other = JsonDocument.Parse((await FindAsync("--json", "species=Mus*")).Text);

        Assert.That(json.RootElement.GetProperty("found").GetArrayLength(), Is.Zero);
        Assert.That(json.RootElement.GetProperty("unknownKeys")[0].GetString(), Is.EqualTo("speceis"));
        Assert.That(other.RootElement.GetProperty("isComplete").GetBoolean(), Is.True);
        Assert.That(other.RootElement.GetProperty("found").EnumerateArray().Select(thing =>
            $"{thing.GetProperty("path").GetString()} {thing.GetProperty("type").GetString()}"),
            Is.EqualTo(new[] { "./mouse directory", "./mouse/reads.bam file" }));
    }

    [TestCase("'readLength>='", 2, "compares with nothing")]
    [TestCase("human 'two words=x'", 2, "is no term")]
    [TestCase("human", 2, "What is to be found in human?")]
    [TestCase("--known --fresh a=b", 2, "exclude each other")]
    [TestCase("--type x a=b", 2, "write f, d or l")]
    [TestCase("nowhere a=b", 1, "does not exist")]
    [TestCase("/ a=b", 1, "does not lie in a mount")]
    [TestCase("'speceis=Homo sapiens'", 0, "Nothing that was looked at has 'speceis'.")]
    public async Task What_cannot_be_looked_for_is_told(string words, int code, string sentence)
    {
        var found = await InMountAsync($"\"$SYNAPSEFS\" find {words}");

        Assert.That(found.ExitCode, Is.EqualTo(code), found.ToString());
        Assert.That(found.Output, Is.Empty);
        Assert.That(found.Error, Does.Contain(sentence));
    }

    [Test]
    public async Task Directories_named_by_terms_hold_links_to_what_matches()
    {
        var here = await InMountAsync("""
            cd .synapse/find
            ls 'species=Homo sapiens'
            ls 'species=Homo sapiens/readLength>=100'
            readlink 'species=Homo sapiens/readLength>=100/reads.bam'
            md5sum < 'species=Homo sapiens/readLength>=100/reads.bam'
            find -L 'species=Homo sapiens' -type f | sort
            """);

        Assert.That(here.Lines, Is.EqualTo(new[]
        {
            "reads.bam", "short one.bam", "reads.bam", "../../../../human/reads.bam", (await InMountAsync("md5sum < human/reads.bam")).Text,
            "species=Homo sapiens/reads.bam", "species=Homo sapiens/short one.bam",
        }));
    }

    [Test]
    public async Task What_is_known_can_be_completed_and_what_collides_is_told_apart()
    {
        var all = await InMountAsync("ls '.synapse/find/species=*'; ls .synapse/find");
        var below = await InMountAsync("ls mouse/.synapse/find/; ls 'mouse/.synapse/find/readLength=100'; readlink mouse/.synapse/find/readLength=100/*");

        Assert.That(all.Output, Does.Match("mouse\n").And.Match(@"reads%syn\d+\.bam\nreads%syn\d+\.bam\n").And.Contain("short one.bam"));
        Assert.That(all.Lines, Does.Contain("readLength=150").And.Contain("url=a%2Fb").And.Contain("species=Mus musculus"));
        Assert.That(below.Lines, Does.Contain("species=Mus musculus").And.Not.Contain("species=Homo sapiens").And.Not.Contain("readLength=150"));
        Assert.That(below.Lines[^2..], Is.EqualTo(new[] { "reads.bam", "../../../reads.bam" }));
        Assert.That((await InMountAsync("ls '.synapse/find/url=a%2Fb'")).Text, Is.EqualTo("reads.bam"));
    }

    [Test]
    public async Task Directories_of_things_found_refuse_what_makes_no_sense()
    {
        Assert.That((await InMountAsync("ls .synapse/find/species")).Error, Does.Contain("No such file or directory"));
        Assert.That((await InMountAsync("ls '.synapse/find/readLength>='")).Error, Does.Contain("No such file or directory"));
        Assert.That((await InMountAsync("ls '.synapse/find/species=50%'")).Error, Does.Contain("No such file or directory"));
        Assert.That((await InMountAsync("cat '.synapse/find/species=Homo sapiens/nothing'")).Error, Does.Contain("No such file or directory"));
        Assert.That((await InMountAsync("ls '.synapse/find/speceis=x'")).Text, Is.Empty);
        Assert.That((await InMountAsync("touch '.synapse/find/species=x/new'")).Error, Does.Contain("Permission denied"));
        Assert.That((await InMountAsync("mkdir '.synapse/find/new'")).Error, Does.Contain("Permission denied"));
        Assert.That((await InMountAsync("rm '.synapse/find/species=Homo sapiens/reads.bam'")).ExitCode, Is.Not.Zero);
        Assert.That((await InMountAsync("cat human/reads.bam")).Output, Has.Length.EqualTo(3));
    }

    private Task<CommandResult> FindAsync(params string[] words) =>
        InMountAsync("\"$SYNAPSEFS\" find " + string.Join(' ', words.Select(word => $"'{word}'")));

    private Task<CommandResult> InMountAsync(string script) =>
        Command.ShellAsync($"cd '{Mount.Mountpoint}'\n{script}", new Dictionary<string, string>(World.Environment)
        {
            ["SYNAPSEFS"] = ProgramFiles.Synapsefs,
            ["LC_ALL"] = "C.UTF-8",
            ["QUOTING_STYLE"] = "literal",
        });

    private async Task AddAsync(string name, string parent, params (string Key, string Type, string Value)[] annotations)
    {
        var id = await World.AddFileAsync(name, "abc"u8.ToArray(), parent, $"{parent}/{name}");
        await AnnotateAsync(id, annotations);
    }

    private async Task AnnotateAsync(string id, params (string Key, string Type, string Value)[] annotations)
    {
        if (annotations.Length == 0)
            return;
        var entity = await World.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, default);
        var values = annotations.ToDictionary(
            each => each.Key, each => new AnnotationsValue { Type = each.Type, Value = [each.Value] });
        await World.Client.Annotations.UpdateAsync(
            id, new Annotations { Etag = entity.Etag, Values = values }, RequestPriority.Interactive, default);
    }
}
