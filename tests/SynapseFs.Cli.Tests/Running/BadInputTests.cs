using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>Whatever keeps a mount from working is one line that names the thing and the remedy, and exit code 1.</summary>
internal sealed class BadInputTests
{
    private World _world = null!;

    [OneTimeSetUp]
    public async Task StartWorld() => _world = await World.StartAsync();

    [OneTimeTearDown]
    public async Task EndWorld() => await _world.DisposeAsync();

    [Test]
    public async Task An_unknown_id_is_named() => Refused(await MountAsync("syn987654321"), "syn987654321 does not exist");

    [Test]
    public async Task An_unknown_name_is_named() => Refused(await MountAsync("No such project"), "There is no project 'No such project'");

    [Test]
    public async Task A_file_is_no_directory_to_mount() => Refused(await MountAsync(_world.FileId), "neither a project nor a folder", _world.ProjectId);

    [Test]
    public async Task A_version_is_no_directory_to_mount() => Refused(await MountAsync($"{_world.FileId}.1"), "is a single version", ".synapse/by-id/");

    [Test]
    public async Task A_project_of_somebody_else_tells_where_to_ask() => Refused(
        await RunAsync(_world.Environment(_world.StrangerToken), _world.ProjectId), $"You may not read {_world.ProjectId}", "ask for access at");

    [Test]
    public async Task A_bad_token_leads_to_login() => Refused(
        await RunAsync(_world.Environment("not-the-token"), _world.ProjectId), "token is bad or expired", "synapsefs login");

    [Test]
    public async Task No_token_and_no_source_leads_to_login() =>
        Refused(await RunAsync(_world.Environment(token: "")), "You are not signed in", "synapsefs login");

    [Test]
    public async Task An_endpoint_that_nobody_listens_at_is_named()
    {
        var result = await _world.RunAsync("mount", "--endpoint", "http://127.0.0.1:9", _world.ProjectId, _world.MakeDirectory("mnt"));

        Refused(result, "out of reach", "--endpoint");
    }

    [Test]
    public async Task An_endpoint_that_is_no_Synapse_is_named()
    {
        var result = await _world.RunAsync("mount", "--endpoint", $"{_world.Endpoint}/elsewhere/repo/v1", _world.ProjectId, _world.MakeDirectory("mnt"));

        Refused(result, "answers, but not as Synapse does", "--endpoint");
    }

    [Test]
    public async Task An_endpoint_that_is_no_address_is_named()
    {
        var result = await _world.RunAsync("mount", "--endpoint", "synapse", _world.ProjectId, _world.MakeDirectory("mnt"));

        Refused(result, "'synapse' is not a web address");
    }

    [Test]
    public async Task A_missing_mountpoint_is_named_with_the_command_that_makes_it() =>
        Refused(await _world.MountAsync(_world.ProjectId, _world.Combine("nowhere")), "nowhere does not exist", "mkdir -p");

    [Test]
    public async Task A_file_as_mountpoint_is_refused()
    {
        await File.WriteAllTextAsync(_world.Combine("file"), "");

        Refused(await _world.MountAsync(_world.ProjectId, _world.Combine("file")), "is not a directory");
    }

    [Test]
    public async Task A_mountpoint_with_something_in_it_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_world.MakeDirectory("full"), "something"), "");

        Refused(await _world.MountAsync(_world.ProjectId, _world.Combine("full")), "full is not empty");
    }

    [Test]
    public async Task A_bad_mountpoint_is_told_before_anybody_is_asked()
    {
        var result = await _world.RunAsync("mount", "--endpoint", "http://127.0.0.1:9", _world.ProjectId, _world.Combine("nowhere"));

        Refused(result, "nowhere does not exist");
    }

    [Test]
    public async Task A_cache_directory_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_world.Combine("blocked"), "");

        Refused(await MountAsync(_world.ProjectId, "--cache-dir", _world.Combine("blocked", "cache")), _world.Combine("blocked"));
    }

    [Test]
    public async Task Offline_without_any_memory_of_the_source_is_refused() =>
        Refused(await MountAsync(_world.ProjectId, "--offline", "--profile", "default"), "was never mounted here");

    [Test]
    public async Task Unmounting_what_is_not_mounted_is_refused() =>
        Refused(await _world.RunAsync("unmount", _world.MakeDirectory("mnt")), "Nothing is mounted at");

    [Test]
    public async Task A_configuration_without_the_profile_is_named() => Refused(await MountAsync(_world.ProjectId, "--profile", "nobody"), "nobody");

    [Test]
    public async Task A_token_file_that_is_missing_is_named() =>
        Refused(await _world.RunAsync("serve", "--data", _world.Combine("d"), "--user-file", _world.Combine("no-users")), "no-users cannot be read");

    [Test]
    public async Task An_import_of_nothing_is_named() =>
        Refused(await _world.RunAsync("serve", "--data", _world.Combine("d"), "--import", _world.Combine("no-folder")), "no-folder does not exist");

    [Test]
    public async Task A_login_with_a_bad_token_writes_nothing()
    {
        var result = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["login", "--endpoint", _world.Endpoint, "--config", _world.Combine("new-config")], _world.Environment(token: ""), "wrong-token\n");

        Refused(result, "token is bad or expired");
        Assert.That(File.Exists(_world.Combine("new-config")), Is.False);
    }

    private Task<CommandResult> MountAsync(params string[] arguments) => RunAsync(_world.Environment(), arguments);

    private Task<CommandResult> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        Command.RunAsync(ProgramFiles.Synapsefs, ["mount", "--endpoint", _world.Endpoint, .. arguments, _world.MakeDirectory("mnt")], environment);

    private static void Refused(CommandResult result, params string[] expected)
    {
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Error, Does.StartWith("synapsefs: "));
        Assert.That(result.Error.TrimEnd('\n'), Does.Not.Contain('\n'));
        foreach (var part in expected)
            Assert.That(result.Error, Does.Contain(part));
    }
}
