using System.Text.Json;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Access;

/// <summary>The commands share, info and open.</summary>
[TestFixture]
internal sealed class ShareTests : MountFixture
{
    private const string Admin = "CHANGE_PERMISSIONS CHANGE_SETTINGS CREATE DELETE DOWNLOAD MODERATE READ UPDATE";

    private string _file = null!;

    private long Owner => World.Server.FirstUser.PrincipalId;

    private string OwnerName => World.Server.FirstUser.UserName;

    protected override async Task FillAsync() => _file = await World.AddFileAsync("a.txt", "one\n"u8.ToArray());

    [Test]
    public async Task Share_gives_and_takes_back_and_tells_what_it_did()
    {
        var shared = await SayAsync("share", Mount["a.txt"], "--with", "Reader", "--can", "edit");
        Assert.That(shared, Does.Contain($"Reader can edit {Mount["a.txt"]} ({_file}).").And.Contains("a list of its own from now on"));
        Assert.That(await World.AclAsync(_file), Is.EqualTo($"{Owner}: {Admin}; {Reader}: CREATE DOWNLOAD READ UPDATE"));
        Assert.That(await SayAsync("share", Mount["a.txt"]), Is.EqualTo($"NAME\tCAN\n{OwnerName}\tadmin\nreader\tedit"));
        Assert.That(await SayAsync("share", Mount["a.txt"], "--with", "reader", "--can", "edit"), Does.StartWith("Nothing to change"));

        Assert.That(await SayAsync("share", Mount["a.txt"], "--with", "reader", "--can", "nothing"), Does.Contain("no longer in the list"));
        Assert.That(await World.AclAsync(_file), Is.EqualTo($"{Owner}: {Admin}"));
        Assert.That(await SayAsync("share", Mount["a.txt"], "--inherit"), Does.Contain($"inherits from {World.Project}"));
        Assert.That(await World.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task Share_shares_the_mounted_project_itself()
    {
        await SayAsync("share", Mount.Mountpoint, "--with", "public", "--can", "view");

        Assert.That(await World.AclAsync(World.Project), Is.EqualTo($"273949: READ; {Owner}: {Admin}"));
    }

    [TestCase("nobody.here", "view", "Nobody is called 'nobody.here'")]
    [TestCase("PUBLIC", "edit", "PUBLIC can only view")]
    [TestCase("OWNER", "view", "lock you out")]
    public async Task Share_says_why_something_cannot_be_and_changes_nothing(string name, string level, string words)
    {
        var refused = await RunAsync("share", Mount["a.txt"], "--with", name == "OWNER" ? OwnerName : name, "--can", level);

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain(words));
        Assert.That(await World.AclAsync(_file), Is.Null);
        Assert.That((await Command.ShellAsync($"ls {Mount[".synapse/of/a.txt"]}")).Text, Does.Not.Contain("tmp"));
    }

    [Test]
    public async Task Share_tells_who_may_not()
    {
        await World.ShareAsync(World.Project, Reader, "READ", "DOWNLOAD");
        await using var mount = await MountAsReaderAsync();

        var refused = await RunAsync("share", mount["a.txt"], "--with", "public", "--can", "view");

        Assert.That(refused.Error, Does.Contain("You may not share"));
        Assert.That(await World.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task Share_in_a_read_only_mount_says_that()
    {
        await using var mount = await World.MountSourceAsync(World.Project, "second", "--read-only");

        var refused = await RunAsync("share", mount["a.txt"], "--with", "reader", "--can", "view");

        Assert.That(refused.Error, Does.Contain($"{mount.Mountpoint} is mounted read-only").And.Contains("--read-only"));
        Assert.That(await World.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task Info_shows_all_that_an_entity_carries()
    {
        await Command.ShellAsync($"setfattr -n user.species -v 'Homo sapiens' {Mount["a.txt"]}; setfattr -n user.age -v 7 {Mount["a.txt"]}");
        var entity = await World.Client.Entities.GetAsync(_file, null, Client.RequestPriority.Interactive, default);

        using var card = JsonDocument.Parse(await SayAsync("info", "--json", Mount["a.txt"]));
        var said = card.RootElement;
        Assert.That(said.GetProperty("id").GetString(), Is.EqualTo(_file));
        Assert.That(said.GetProperty("version").GetInt64(), Is.EqualTo(1));
        Assert.That(said.GetProperty("size").GetInt64(), Is.EqualTo(4));
        Assert.That(said.GetProperty("md5").GetString(), Is.EqualTo("5bbf5a52328e7439ae6e719dfe712200"));
        Assert.That(said.GetProperty("createdBy").GetString(), Is.EqualTo(OwnerName));
        Assert.That(said.GetProperty("state").GetString(), Is.EqualTo("synced"));
        Assert.That(said.GetProperty("annotations").GetProperty("age").GetInt64(), Is.EqualTo(7));
        Assert.That(said.GetProperty("sharing").GetProperty("inheritsFrom").GetString(), Is.EqualTo(World.Project));
        Assert.That(said.GetProperty("canWrite").GetBoolean());
        Assert.That(said.GetProperty("url").GetString(), Does.EndWith($"/Synapse:{_file}"));
        Assert.That(entity.VersionNumber, Is.EqualTo(1));
        Assert.That(await SayAsync("info", Mount["a.txt"]), Does.Contain($"id\t{_file} (file)").And.Contains("annotation species\tHomo sapiens"));
        Assert.That(await SayAsync("info", Mount.Mountpoint), Does.Contain($"id\t{World.Project} (project)"));
        Assert.That(said.GetProperty("versions").EnumerateArray().Select(number => number.GetInt64()), Is.EqualTo(new[] { 1 }));
        Assert.That(said.TryGetProperty("wiki", out var none) && none.ValueKind != JsonValueKind.Null, Is.False);

        await Command.ShellAsync($"echo two > {Mount["a.txt"]}; cd {Mount[".synapse/of/a.txt/wiki"]}; echo text > Home.md; mkdir Page");
        await Mount.WaitAsync();
        Assert.That(await SayAsync("info", Mount["a.txt"]), Does.Contain("versions\t1, 2").And.Contains("wiki\tHome.md, Page"));
    }

    [Test]
    public async Task Info_tells_of_what_is_here_only()
    {
        await Command.ShellAsync($": > {Mount["empty.txt"]}; ln -s a.txt {Mount["link"]}");
        await Mount.WaitAsync();

        Assert.That(await SayAsync("info", Mount["empty.txt"]), Does.Contain("id\tnot in Synapse").And.Contains("state\tlocal"));
        Assert.That(await SayAsync("info", Mount["link"]), Does.Contain("leads to\ta.txt").And.Contains("(link)"));
        Assert.That((await RunAsync("open", "--print", Mount["empty.txt"])).Error, Does.Contain("is not in Synapse"));
    }

    [Test]
    public async Task Open_hands_the_web_page_to_the_browser_or_prints_it()
    {
        var seen = Path.Combine(World.Directory("out"), "seen");
        var browser = Path.Combine(World.Directory("out"), "browser");
        await File.WriteAllTextAsync(browser, $"#!/bin/sh\necho \"$1\" > '{seen}'\n");
        await Command.RunAsync("chmod", ["+x", browser]);

        var printed = await SayAsync("open", "--print", Mount["a.txt"]);
        Assert.That(printed, Does.EndWith($"/Synapse:{_file}"));
        var opened = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["open", Mount["a.txt"]], new Dictionary<string, string>(World.Environment) { ["BROWSER"] = browser });
        Assert.That(opened.Text, Is.Empty);
        Assert.That((await File.ReadAllTextAsync(seen)).Trim(), Is.EqualTo(printed));
        var absent = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["open", Mount["a.txt"]], new Dictionary<string, string>(World.Environment) { ["BROWSER"] = "/nonexistent/browser" });
        Assert.That(absent.Text, Is.EqualTo(printed));
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RunAsync(ProgramFiles.Synapsefs, arguments, World.Environment);

    private async Task<string> SayAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{Mount.Said}");
        return result.Output.Trim();
    }
}
