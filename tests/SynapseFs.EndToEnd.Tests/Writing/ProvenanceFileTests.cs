using System.Security.Cryptography;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>How a file came about, read and written as a text.</summary>
[TestFixture]
internal sealed class ProvenanceFileTests : TextFixture
{
    private string _raw = null!;

    protected override async Task FillAsync()
    {
        await base.FillAsync();
        _raw = await World.AddFileAsync("raw.txt", "raw\n"u8.ToArray());
        await AttachAsync("counting", new Used { ConcreteType = Used.Entity, Reference = new Reference { TargetId = _raw, TargetVersionNumber = 1 } });
    }

    [Test]
    public async Task Provenance_is_a_text_and_an_attribute()
    {
        Assert.That(await ShellAsync("jq -c . provenance.json"), Is.EqualTo($$"""{"name":"counting","used":["{{_raw}}.1"]}"""));
        Assert.That(await ShellAsync(Attribute), Is.EqualTo($"counting: used {_raw}.1"));

        await ShellAsync($$"""jq '.executed = ["https://github.com/x/y"] | .used += ["{{TheFile}}.1"]' provenance.json > tmp && mv tmp provenance.json""");
        await Mount.WaitAsync();

        Assert.That(await ActivityAsync(), Is.EqualTo($"counting: used {_raw}.1, {TheFile}.1; executed https://github.com/x/y"));
        Assert.That(await ShellAsync(Attribute), Is.EqualTo(await ActivityAsync()));
        Assert.That(await ShellAsync("jq -c .executed provenance.json"), Is.EqualTo("[\"https://github.com/x/y\"]"));
    }

    [Test]
    public async Task An_id_without_a_version_means_the_one_of_now()
    {
        await World.ReplaceFileAsync(_raw, "second\n"u8.ToArray());
        await ShellAsync($$"""echo '{ "name": "again", "used": ["{{_raw}}"] }' > provenance.json""");
        await Mount.WaitAsync();

        Assert.That(await ActivityAsync(), Is.EqualTo($"again: used {_raw}.2"));
        Assert.That(await ShellAsync("jq -r .used[0] provenance.json"), Is.EqualTo($"{_raw}.2"));
    }

    [Test]
    public async Task Writing_an_empty_object_takes_the_provenance_away()
    {
        await ShellAsync("echo '{}' > provenance.json");
        await Mount.WaitAsync();

        Assert.That(await ActivityAsync(), Is.Null);
        Assert.That(await ShellAsync("cat provenance.json; getfattr -d ../../../a.txt | grep -c provenance || true"), Is.EqualTo("{}\n0"));
    }

    [Test]
    public async Task A_new_version_begins_without_provenance_and_the_old_one_keeps_its_own()
    {
        await ShellAsync("echo two > ../../../a.txt");
        await Mount.WaitAsync();

        Assert.That(await ShellAsync("cat provenance.json; jq -r .name versions/1/provenance.json"), Is.EqualTo("{}\ncounting"));
        Assert.That(await ShellAsync("cat versions/2/provenance.json; ls versions/1"), Is.EqualTo("{}\na.txt\nprovenance.json"));
        Assert.That(await ShellAsync("! echo '{}' 2>&1 > versions/1/provenance.json"), Does.Contain("Permission denied"));
        Assert.That(await ShellAsync("getfattr -d ../../../a.txt versions/1/a.txt | grep -c provenance || true"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Others_that_name_the_same_activity_keep_it()
    {
        var shared = await World.Client.Activities.FindAsync(TheFile, null, RequestPriority.Interactive, default);
        await World.Client.Activities.AttachAsync(_raw, shared!.Id!, RequestPriority.Interactive, default);
        await ShellAsync("jq '.name = \"mine\"' provenance.json > tmp && mv tmp provenance.json");
        await Mount.WaitAsync();

        Assert.That(await ActivityAsync(), Does.StartWith("mine: "));
        Assert.That((await World.Client.Activities.FindAsync(_raw, null, RequestPriority.Interactive, default))!.Name, Is.EqualTo("counting"));
    }

    [TestCase("{ \"name\": ", "It is no JSON")]
    [TestCase("{ \"usd\": [] }", "'usd' is no field of it")]
    [TestCase("{ \"used\": \"syn5\" }", "'used' has to be a list")]
    [TestCase("{ \"used\": [\"raw.txt\"] }", "neither an id")]
    [TestCase("LONG", "too long")]
    [TestCase("HUGE", "are the most")]
    public async Task Provenance_that_is_not_valid_is_EINVAL_told_and_changes_nothing(string text, string words)
    {
        text = text switch
        {
            // Bytes that cannot be sent short, and more than a text can have.
            "LONG" => $"{{ \"name\": \"{Convert.ToHexString(RandomNumberGenerator.GetBytes(100_000))}\" }}",
            "HUGE" => $"{{ \"name\": \"{new string('x', 2_000_000)}\" }}",
            _ => text,
        };

        Assert.That(await TryWritingAsync("provenance.json", text), Is.EqualTo("fsync EINVAL\nclose EINVAL\nrename EINVAL"));

        Assert.That(await ShellAsync("jq -r .name provenance.json"), Is.EqualTo("counting"));
        Assert.That(Mount.Said, Does.Contain("'/.synapse/of/a.txt/provenance.json' is as it was").And.Contains(words));
        await Mount.WaitAsync();
        Assert.That(await ActivityAsync(), Is.EqualTo($"counting: used {_raw}.1"));
    }

    [Test]
    public async Task Provenance_that_somebody_else_changed_since_is_theirs_and_ours_is_kept_beside_it()
    {
        await ShellAsync("cat provenance.json");
        await AttachAsync("theirs");
        await ShellAsync("echo '{ \"name\": \"ours\" }' > provenance.json");
        await Mount.WaitAsync();

        Assert.That(await ActivityAsync(), Is.EqualTo("theirs"));
        Assert.That(await ShellAsync("jq -r .name provenance.json"), Is.EqualTo("theirs"));
        Assert.That(await ShellAsync("jq -r .name 'provenance (conflict,'*.json"), Is.EqualTo("ours"));
        Assert.That(Mount.Said, Does.Contain("what was written here is kept as 'provenance (conflict"));
    }

    [Test]
    public async Task Who_may_only_read_cannot_write_provenance()
    {
        await World.ShareAsync(World.Project, Reader, "READ", "DOWNLOAD");
        await using var mount = await MountAsReaderAsync();
        var text = mount[".synapse/of/a.txt/provenance.json"];

        Assert.That(File.ReadAllText(text), Does.Contain("counting"));
        Assert.That((await Command.ShellAsync($"echo '{{}}' > '{text}'")).Error, Does.Contain("Permission denied"));
        Assert.That(await ActivityAsync(), Does.StartWith("counting"));
    }

    [Test]
    public async Task A_folder_has_provenance_too()
    {
        var folder = await World.AddFolderAsync("results");
        await ShellAsync($$"""cd {{Mount.Mountpoint}}/.synapse/of/results; echo '{ "used": ["{{_raw}}.1"] }' > provenance.json""");
        await Mount.WaitAsync();

        var activity = await World.Client.Activities.FindAsync(folder, null, RequestPriority.Interactive, default);
        Assert.That(activity!.Used!.Single().Reference!.TargetId, Is.EqualTo(_raw));
    }

    private const string Attribute = "getfattr --only-values -n user.synapse.provenance ../../../a.txt";

    private async Task AttachAsync(string name, params Used[] used)
    {
        var made = await World.Client.Activities.CreateAsync(new Activity { Name = name, Used = used }, RequestPriority.Interactive, default);
        await World.Client.Activities.AttachAsync(TheFile, made.Id!, RequestPriority.Interactive, default);
    }

    /// <summary>What the server says of the current version.</summary>
    private async Task<string?> ActivityAsync() =>
        await World.Client.Activities.FindAsync(TheFile, null, RequestPriority.Interactive, default) is { } activity
            ? Provenances.Line(activity)
            : null;
}
