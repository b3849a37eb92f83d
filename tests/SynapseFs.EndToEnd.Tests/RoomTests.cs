using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>The read-only texts of the hidden room.</summary>
[TestFixture]
internal sealed class RoomTests : MountFixture
{
    private string _file = null!;

    protected override string[] MountOptions => ["--settle", "1h", "--metadata-ttl", "1s"];

    protected override async Task FillAsync()
    {
        var folder = await World.AddFolderAsync("folder");
        _file = await World.AddFileAsync("a.txt", "one\n"u8.ToArray(), folder);
        await World.CreateAsync(new Entity { ConcreteType = SynapseTypes.Link, Name = "link", LinksTo = new Reference { TargetId = _file } });
    }

    [Test]
    public async Task The_status_file_says_what_status_says_and_is_always_fresh()
    {
        const string Status = ".synapse/status.json";
        Assert.That(await ShellAsync($"jq -r '.state, .mountpoint, .source, .pending.waiting' {Status}"), Is.EqualTo(
            $"running\n{Mount.Mountpoint}\n{World.Project}\n0"));

        await ShellAsync("echo new > new.txt");
        Assert.That(await ShellAsync($"jq -r '.pending.waiting, .pendingItems[0].path' {Status}"), Is.EqualTo("1\n/new.txt"));
        var file = await ShellAsync($"jq -S 'del(.cachedBytes, .openFiles, .knownNodes)' {Status}");
        var said = await Command.RunAsync(ProgramFiles.Synapsefs, ["status", "--json"], World.Environment);
        await File.WriteAllTextAsync(Path.Combine(World.Directory("out"), "said"), said.Output);
        Assert.That(file, Is.EqualTo(await ShellAsync($"jq -S '.mounts[0] | del(.cachedBytes, .openFiles, .knownNodes)' {World.Directory("out")}/said")));
        await ShellAsync("rm new.txt");
        Assert.That(await ShellAsync($"cat {Status} | jq .pending.waiting"), Is.EqualTo("0"));
        Assert.That(await ShellAsync($"test $(stat -c %s {Status}) -eq $(stat -c %s {Status}); wc -c < {Status}"), Is.Not.EqualTo("0"));

        var refused = await Command.ShellAsync($"cd {Mount.Mountpoint}; echo x > {Status}; rm -f {Status}");
        Assert.That(refused.ExitCode, Is.Not.Zero);
        Assert.That(await ShellAsync($"jq -r .state {Status}"), Is.EqualTo("running"));
        Assert.That(await ShellAsync("ls .synapse; ls folder/.synapse"), Is.EqualTo("by-id\nfind\nof\nstatus.json\nwiki\nfind\nof"));
    }

    [Test]
    public async Task The_status_file_is_there_without_a_network()
    {
        await Mount.DisposeAsync();
        Mount = await World.MountAsync("--offline");

        Assert.That(await ShellAsync("jq .online .synapse/status.json"), Is.EqualTo("false"));
    }

    [Test]
    public async Task The_json_of_an_entity_is_what_Synapse_says_of_it_and_follows_its_changes()
    {
        foreach (var (room, id) in new[]
        {
            ("folder/.synapse/of/a.txt", _file), (".synapse/of/link", await IdAsync("link")), (".synapse/of/folder", await IdAsync("folder")),
            ($".synapse/of/{World.Project}", World.Project), ($".synapse/of/{_file}", _file),
        })
            await SameAsync(room, id);

        await World.ReplaceFileAsync(_file, "two\n"u8.ToArray());
        await ShellAsync("for i in $(seq 100); do jq -e '.versionNumber == 2' folder/.synapse/of/a.txt/entity.json && exit; sleep 0.1; done; false");
        await SameAsync("folder/.synapse/of/a.txt", _file);
        Assert.That((await Command.ShellAsync($"echo x > {Mount["folder/.synapse/of/a.txt/entity.json"]}")).Error, Does.Contain("Permission denied"));
    }

    private async Task SameAsync(string room, string id)
    {
        var entity = await World.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, default);
        Assert.That(await ShellAsync($"jq -r '.id, .name, .etag, .versionNumber, .concreteType' {room}/entity.json"), Is.EqualTo(
            $"{id}\n{entity.Name}\n{entity.Etag}\n{entity.VersionNumber?.ToString() ?? "null"}\n{entity.ConcreteType}"));
    }

    private async Task<string> IdAsync(string name) =>
        (await World.Client.Children.FindAsync(World.Project, name, RequestPriority.Interactive, default))!;
}
