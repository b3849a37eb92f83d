using SynapseFs.Api;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Links, names, the hidden room, attributes: what an entity looks like in the tree.</summary>
[TestFixture]
internal sealed class TreeTests
{
    private World _world = null!;
    private Mount _mount = null!;
    private string _file = "";

    [OneTimeSetUp]
    public async Task Fill_the_world_and_mount_it()
    {
        _world = await World.StartAsync();
        var folder = await _world.AddFolderAsync("folder");
        _file = await _world.AddFileAsync("first.txt", "version one\n"u8.ToArray(), folder, "folder/first.txt");
        await _world.ReplaceFileAsync(_file, "version two\n"u8.ToArray());
        foreach (var name in new[] { "with space.txt", "plus+and'quote(1).txt", "dots..", "A.txt", "a.txt", new string('n', 255), new string('m', 256) })
            await _world.AddFileAsync(name, "x"u8.ToArray());
        foreach (var (name, target) in new[] { ("to-file", _file), ("to-folder", folder), ("dangling", "syn999999999") })
            await _world.CreateAsync(new Entity { ConcreteType = SynapseTypes.Link, Name = name, LinksTo = new Reference { TargetId = target } });
        await _world.CreateAsync(new Entity
        {
            ConcreteType = SynapseTypes.Link,
            Name = "to-version",
            LinksTo = new Reference { TargetId = _file, TargetVersionNumber = 1 },
        });
        await _world.CreateAsync(new Entity { ConcreteType = SynapseTypes.Table, Name = "table" });
        _mount = await _world.MountAsync();
    }

    [OneTimeTearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Every_name_that_Synapse_allows_is_there()
    {
        var names = await Command.RunAsync("python3", ["-c", "import os,sys; print('\\n'.join(sorted(os.listdir(sys.argv[1]))))", _mount.Mountpoint]);

        Assert.That(names.Lines, Is.EquivalentTo(new[]
        {
            "A.txt", "a.txt", "dangling", "dots..", "folder", new string('m', 256), new string('n', 255), "plus+and'quote(1).txt",
            "table.json", "to-file", "to-folder", "to-version", "with space.txt",
        }));
    }

    [Test]
    public async Task A_name_of_256_characters_opens()
    {
        var read = await Command.RunAsync("python3", ["-c", "import sys; print(open(sys.argv[1]).read())", _mount[new string('m', 256)]]);

        Assert.That(read.Text, Is.EqualTo("x"));
    }

    [Test]
    public async Task A_link_leads_to_its_target_inside_the_mount()
    {
        Assert.That((await Command.RunAsync("readlink", [_mount["to-file"]])).Text, Is.EqualTo("folder/first.txt"));
        Assert.That((await Command.ShellAsync($"cat {_mount["to-file"]}")).Text, Is.EqualTo("version two"));
        Assert.That((await Command.ShellAsync($"ls {_mount["to-folder"]}/")).Text, Is.EqualTo("first.txt"));
    }

    [Test]
    public async Task A_link_to_a_version_reads_that_version() =>
        Assert.That((await Command.ShellAsync($"cat {_mount["to-version"]}")).Text, Is.EqualTo("version one"));

    [Test]
    public async Task A_dangling_link_is_shown_and_leads_nowhere()
    {
        Assert.That((await Command.RunAsync("readlink", [_mount["dangling"]])).Text, Does.EndWith(".synapse/by-id/syn999999999"));
        Assert.That((await Command.ShellAsync($"cat {_mount["dangling"]}")).Error, Does.Contain("No such file or directory"));
    }

    [Test]
    public async Task By_id_reaches_any_entity_and_any_version()
    {
        Assert.That((await Command.ShellAsync($"cat {_mount[".synapse/by-id/" + _file]}")).Text, Is.EqualTo("version two"));
        Assert.That((await Command.ShellAsync($"cat {_mount[".synapse/by-id/" + _file + ".1"]}")).Text, Is.EqualTo("version one"));
    }

    [Test]
    public async Task The_hidden_room_is_reachable_everywhere_and_listed_nowhere()
    {
        Assert.That((await Command.ShellAsync($"find {_mount.Mountpoint} -name .synapse")).Output, Is.Empty);
        Assert.That(Directory.Exists(_mount[".synapse"]) && Directory.Exists(_mount["folder/.synapse"]));
        Assert.That((await Command.ShellAsync($"jq -r .id {_mount["folder/.synapse/of/first.txt/entity.json"]}")).Text, Is.EqualTo(_file));
    }

    [Test]
    public async Task A_kind_without_a_provider_appears_as_its_json() =>
        Assert.That((await Command.ShellAsync($"jq -r .concreteType {_mount["table.json"]}")).Text, Is.EqualTo(SynapseTypes.Table));

    [Test]
    public async Task Facts_of_an_entity_are_extended_attributes()
    {
        var path = _mount["folder/first.txt"];
        var listed = await Command.ShellAsync($"getfattr -d -m - {path}");

        foreach (var fact in new[]
        {
            "id", "type", "version", "etag", "md5", "content-type", "created-by", "created-on", "modified-by", "modified-on", "file-handle", "url", "cached-bytes",
        })
            Assert.That(listed.Text, Does.Contain($"user.synapse.{fact}="));
        Assert.That((await Command.ShellAsync($"getfattr --only-values -n user.synapse.version {path}")).Output, Is.EqualTo("2"));
        Assert.That((await Command.ShellAsync($"getfattr --only-values -n user.synapse.md5 {path}")).Output,
            Is.EqualTo((await Command.ShellAsync("printf 'version two\\n' | md5sum")).Text.Split(' ')[0]));
    }

    [Test]
    public async Task Times_are_those_of_the_entity()
    {
        var entity = await _world.Client.Entities.GetAsync(_file, null, Client.RequestPriority.Interactive, CancellationToken.None);
        var times = await Command.ShellAsync($"stat -c '%Y %W' {_mount["folder/first.txt"]}");

        Assert.That(times.Text, Is.EqualTo($"{entity.ModifiedOn!.Value.ToUnixTimeSeconds()} {entity.CreatedOn!.Value.ToUnixTimeSeconds()}"));
    }
}
