using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>What was deleted at Synapse, seen and had back from the command line.</summary>
internal sealed class TrashTests
{
    private World _world = null!;

    [SetUp]
    public async Task StartWorld() => _world = await World.StartAsync();

    [TearDown]
    public async Task EndWorld() => await _world.DisposeAsync();

    [Test]
    public async Task What_was_deleted_is_listed_with_where_it_was()
    {
        var id = await DeletedAsync("gone to the trash");

        var shown = await TrashAsync("list");
        using var json = JsonDocument.Parse((await TrashAsync("list", "--json")).Text);
        var thing = json.RootElement.EnumerateArray().Single();

        Assert.That(shown.Lines[0], Is.EqualTo("ID\tNAME\tKIND\tDELETED ON\tFROM"));
        Assert.That(shown.Lines[1], Does.StartWith($"{id}\t").And.EndWith($"{World.ProjectName} ({_world.ProjectId})"));
        Assert.That(thing.GetProperty("name").GetString(), Is.EqualTo("gone to the trash"));
        Assert.That(thing.GetProperty("kind").GetString(), Is.EqualTo("folder"));
        Assert.That(thing.GetProperty("deletedOn").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task It_comes_back_where_it_was_or_elsewhere()
    {
        var (here, there) = (await DeletedAsync("here"), await DeletedAsync("there"));
        var other = await FolderAsync("other");

        var back = await TrashAsync("restore", here);
        var elsewhere = await TrashAsync("restore", there, "--to", other);

        Assert.That((back.Text, elsewhere.Text), Is.EqualTo(($"{here} is back.", $"{there} is back, in {other}.")));
        Assert.That((await ParentAsync(here), await ParentAsync(there)), Is.EqualTo((_world.ProjectId, other)));
        Assert.That((await TrashAsync("list")).Text, Is.EqualTo("Your trash is empty."));
    }

    [Test]
    public async Task Of_several_those_that_cannot_come_back_are_named_and_keep_nobody_else()
    {
        var (taken, free) = (await DeletedAsync("taken"), await DeletedAsync("free"));
        await FolderAsync("taken");

        var result = await TrashAsync("restore", taken, "syn987654321", free);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.EqualTo($"{free} is back.\n"));
        Assert.That(result.Error, Does.Contain($"{taken} cannot come back there, because its name is taken").And.Contain("syn987654321 is not in your trash"));
    }

    [Test]
    public async Task What_is_purged_is_gone_for_good_and_a_mistyped_id_is_told()
    {
        var (gone, kept) = (await DeletedAsync("gone"), await DeletedAsync("kept"));

        var purged = await TrashAsync("purge", gone, "syn987654321");

        Assert.That(purged.ExitCode, Is.EqualTo(1));
        Assert.That(purged.Output, Is.EqualTo($"{gone} (gone) is gone for good.\n"));
        Assert.That(purged.Error, Does.Contain("syn987654321 is not in your trash"));
        Assert.That((await TrashAsync("list")).Lines.Skip(1).Single(), Does.StartWith(kept));
    }

    [Test]
    public async Task Emptying_is_refused_without_a_terminal_unless_told_yes()
    {
        await DeletedAsync("a");
        await DeletedAsync("b");

        var refused = await TrashAsync("empty");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain("2 things would be deleted for good").And.Contain("--yes"));

        Assert.That((await TrashAsync("empty", "--yes")).Text, Is.EqualTo("2 things deleted for good."));
        Assert.That((await TrashAsync("empty")).Text, Is.EqualTo("Your trash is empty."));
    }

    [Test]
    public async Task Who_is_not_signed_in_has_no_trash()
    {
        var result = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["trash", "list", "--endpoint", _world.Endpoint], _world.Environment(token: ""));

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("synapsefs login"));
    }

    [Test]
    public async Task What_is_no_id_is_a_wrong_command_line() => Assert.That((await TrashAsync("restore", "a.txt")).ExitCode, Is.EqualTo(2));

    private Task<CommandResult> TrashAsync(params string[] arguments) => _world.RunAsync(["trash", .. arguments, "--endpoint", _world.Endpoint]);

    private async Task<string> FolderAsync(string name)
    {
        await using var client = _world.Connect();
        var folder = new Entity { ConcreteType = SynapseTypes.Folder, Name = name, ParentId = _world.ProjectId };
        return (await client.Entities.CreateAsync(folder, RequestPriority.Interactive, CancellationToken.None)).Id!;
    }

    private async Task<string> DeletedAsync(string name)
    {
        var id = await FolderAsync(name);
        await using var client = _world.Connect();
        await client.Entities.DeleteAsync(id, RequestPriority.Interactive, CancellationToken.None);
        return id;
    }

    private async Task<string?> ParentAsync(string id)
    {
        await using var client = _world.Connect();
        return (await client.Entities.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None)).ParentId;
    }
}
