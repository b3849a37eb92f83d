using System.Text.Json;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Access;

/// <summary>The commands share, info and open.</summary>
[TestFixture]
internal sealed class ShareTests
{
    private const string Token = "sfs_reader_token_of_this_test";
    private const string Admin = "CHANGE_PERMISSIONS CHANGE_SETTINGS CREATE DELETE DOWNLOAD MODERATE READ UPDATE";

    private World _world = null!;
    private Mount _mount = null!;
    private string _file = null!;

    private long Owner => _world.Server.FirstUser.PrincipalId;

    private string OwnerName => _world.Server.FirstUser.UserName;

    private long Reader => _world.Server.Accounts[0].PrincipalId;

    [SetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with
        {
            MakesPreviews = false,
            Users = [new ServerUser { Name = "reader", Token = Token }],
        });
        _file = await _world.AddFileAsync("a.txt", "one\n"u8.ToArray());
        _mount = await _world.MountAsync("--settle", "200ms");
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Share_gives_and_takes_back_and_tells_what_it_did()
    {
        var shared = await SayAsync("share", _mount["a.txt"], "--with", "Reader", "--can", "edit");
        Assert.That(shared, Does.Contain($"Reader can edit {_mount["a.txt"]} ({_file}).").And.Contains("a list of its own from now on"));
        Assert.That(await _world.AclAsync(_file), Is.EqualTo($"{Owner}: {Admin}; {Reader}: CREATE DOWNLOAD READ UPDATE"));
        Assert.That(await SayAsync("share", _mount["a.txt"]), Is.EqualTo($"NAME\tCAN\n{OwnerName}\tadmin\nreader\tedit"));
        Assert.That(await SayAsync("share", _mount["a.txt"], "--with", "reader", "--can", "edit"), Does.StartWith("Nothing to change"));

        Assert.That(await SayAsync("share", _mount["a.txt"], "--with", "reader", "--can", "nothing"), Does.Contain("no longer in the list"));
        Assert.That(await _world.AclAsync(_file), Is.EqualTo($"{Owner}: {Admin}"));
        Assert.That(await SayAsync("share", _mount["a.txt"], "--inherit"), Does.Contain($"inherits from {_world.Project}"));
        Assert.That(await _world.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task Share_shares_the_mounted_project_itself()
    {
        await SayAsync("share", _mount.Mountpoint, "--with", "public", "--can", "view");

        Assert.That(await _world.AclAsync(_world.Project), Is.EqualTo($"273949: READ; {Owner}: {Admin}"));
    }

    [TestCase("nobody.here", "view", "Nobody is called 'nobody.here'")]
    [TestCase("PUBLIC", "edit", "PUBLIC can only view")]
    [TestCase("OWNER", "view", "lock you out")]
    public async Task Share_says_why_something_cannot_be_and_changes_nothing(string name, string level, string words)
    {
        var refused = await RunAsync("share", _mount["a.txt"], "--with", name == "OWNER" ? OwnerName : name, "--can", level);

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain(words));
        Assert.That(await _world.AclAsync(_file), Is.Null);
        Assert.That((await Command.ShellAsync($"ls {_mount[".synapse/of/a.txt"]}")).Text, Does.Not.Contain("tmp"));
    }

    [Test]
    public async Task Share_tells_who_may_not()
    {
        await _world.ShareAsync(_world.Project, Reader, "READ", "DOWNLOAD");
        _world.MountToken = Token;
        await using var mount = await _world.MountSourceAsync(_world.Project, "reader");

        var refused = await RunAsync("share", mount["a.txt"], "--with", "public", "--can", "view");

        Assert.That(refused.Error, Does.Contain("You may not share"));
        Assert.That(await _world.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task Info_shows_all_that_an_entity_carries()
    {
        await Command.ShellAsync($"setfattr -n user.species -v 'Homo sapiens' {_mount["a.txt"]}; setfattr -n user.age -v 7 {_mount["a.txt"]}");
        var entity = await _world.Client.Entities.GetAsync(_file, null, Client.RequestPriority.Interactive, default);

        using var card = JsonDocument.Parse(await SayAsync("info", "--json", _mount["a.txt"]));
        var said = card.RootElement;
        Assert.That(said.GetProperty("id").GetString(), Is.EqualTo(_file));
        Assert.That(said.GetProperty("version").GetInt64(), Is.EqualTo(1));
        Assert.That(said.GetProperty("size").GetInt64(), Is.EqualTo(4));
        Assert.That(said.GetProperty("md5").GetString(), Is.EqualTo("5bbf5a52328e7439ae6e719dfe712200"));
        Assert.That(said.GetProperty("createdBy").GetString(), Is.EqualTo(OwnerName));
        Assert.That(said.GetProperty("state").GetString(), Is.EqualTo("synced"));
        Assert.That(said.GetProperty("annotations").GetProperty("age").GetInt64(), Is.EqualTo(7));
        Assert.That(said.GetProperty("sharing").GetProperty("inheritsFrom").GetString(), Is.EqualTo(_world.Project));
        Assert.That(said.GetProperty("canWrite").GetBoolean());
        Assert.That(said.GetProperty("url").GetString(), Does.EndWith($"/Synapse:{_file}"));
        Assert.That(entity.VersionNumber, Is.EqualTo(1));
        Assert.That(await SayAsync("info", _mount["a.txt"]), Does.Contain($"id\t{_file} (file)").And.Contains("annotation species\tHomo sapiens"));
        Assert.That(await SayAsync("info", _mount.Mountpoint), Does.Contain($"id\t{_world.Project} (project)"));
    }

    [Test]
    public async Task Info_tells_of_what_is_here_only()
    {
        await Command.ShellAsync($": > {_mount["empty.txt"]}; ln -s a.txt {_mount["link"]}");
        await _mount.WaitAsync();

        Assert.That(await SayAsync("info", _mount["empty.txt"]), Does.Contain("id\tnot in Synapse").And.Contains("state\tlocal"));
        Assert.That(await SayAsync("info", _mount["link"]), Does.Contain("leads to\ta.txt").And.Contains("(link)"));
        Assert.That((await RunAsync("open", "--print", _mount["empty.txt"])).Error, Does.Contain("is not in Synapse"));
    }

    [Test]
    public async Task Open_hands_the_web_page_to_the_browser_or_prints_it()
    {
        var seen = Path.Combine(_world.Directory("out"), "seen");
        var browser = Path.Combine(_world.Directory("out"), "browser");
        await File.WriteAllTextAsync(browser, $"#!/bin/sh\necho \"$1\" > '{seen}'\n");
        await Command.RunAsync("chmod", ["+x", browser]);

        var printed = await SayAsync("open", "--print", _mount["a.txt"]);
        Assert.That(printed, Does.EndWith($"/Synapse:{_file}"));
        var opened = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["open", _mount["a.txt"]], new Dictionary<string, string>(_world.Environment) { ["BROWSER"] = browser });
        Assert.That(opened.Text, Is.Empty);
        Assert.That((await File.ReadAllTextAsync(seen)).Trim(), Is.EqualTo(printed));
        var absent = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["open", _mount["a.txt"]], new Dictionary<string, string>(_world.Environment) { ["BROWSER"] = "/nonexistent/browser" });
        Assert.That(absent.Text, Is.EqualTo(printed));
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RunAsync(ProgramFiles.Synapsefs, arguments, _world.Environment);

    private async Task<string> SayAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{_mount.Said}");
        return result.Output.Trim();
    }
}
