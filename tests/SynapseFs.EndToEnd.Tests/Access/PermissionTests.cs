using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Access;

/// <summary>What somebody sees and may do who is not the owner.</summary>
[TestFixture]
internal sealed class PermissionTests
{
    private const string Token = "sfs_reader_token_of_this_test";

    private World _world = null!;
    private Mount _mount = null!;
    private string _folder = null!;
    private string _file = null!;

    private long Reader => _world.Server.Accounts[0].PrincipalId;

    [SetUp]
    public async Task Serve()
    {
        var reader = new ServerUser { Name = "reader", Token = Token, Scopes = ["view", "download", "modify", "authorize"] };
        _world = await World.StartAsync(options => options with { MakesPreviews = false, Users = [reader] });
        _folder = await _world.AddFolderAsync("folder");
        _file = await _world.AddFileAsync("a.txt", "one\n"u8.ToArray(), _folder);
        await _world.AddFileAsync("beside.txt", "two\n"u8.ToArray());
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Who_may_only_view_lists_and_reads_nothing()
    {
        await MountAsync("READ");

        Assert.That(await ShellAsync("stat -c '%A %s' folder/a.txt"), Is.EqualTo("---------- 4"));
        Assert.That(await RefusedAsync("cat folder/a.txt"), Does.Contain("Permission denied"));
        Assert.That(await ShellAsync("getfattr --only-values -n user.synapse.access folder/a.txt"), Does.Contain("not download it").And.Contains(_file));
        Assert.That(File.Exists(_mount[".synapse/of/folder/HOW-TO-GET-ACCESS.txt"]), Is.False);
    }

    [Test]
    public async Task Who_may_not_change_a_folder_cannot_make_change_rename_or_delete()
    {
        await MountAsync("READ", "DOWNLOAD");

        Assert.That(await ShellAsync("stat -c %A folder/a.txt; cat folder/a.txt"), Is.EqualTo("-r--r--r--\none"));
        foreach (var attempt in new[]
        {
            "echo x > folder/a.txt", "echo x >> folder/a.txt", "touch folder/new", "mkdir folder/new", "rm -f folder/a.txt",
            "mv folder/a.txt folder/b.txt", "ln -s a.txt folder/link", "cp folder/a.txt copy.txt", "truncate -s 0 folder/a.txt",
            "setfattr -n user.key -v x folder/a.txt",
        })
            Assert.That(await RefusedAsync(attempt), Does.Contain("Permission denied"), attempt);
        Assert.That(await ShellAsync("stat -c %A folder; ls folder; cat folder/a.txt"), Is.EqualTo("dr-xr-xr-x\na.txt\none"));
    }

    [Test]
    public async Task Who_may_edit_but_not_delete_makes_and_changes()
    {
        await MountAsync("READ", "DOWNLOAD", "CREATE", "UPDATE");

        Assert.That(await ShellAsync("stat -c %A folder folder/a.txt"), Is.EqualTo("drwxr-xr-x\n-rw-r--r--"));
        await ShellAsync("echo three > folder/a.txt; echo new > folder/new.txt");
        Assert.That(await RefusedAsync("rm -f folder/a.txt"), Does.Contain("Permission denied"));
        await _mount.WaitAsync();

        Assert.That(await ShellAsync("cat folder/*.txt"), Is.EqualTo("three\nnew"));
    }

    [Test]
    public async Task What_has_terms_to_accept_is_listed_refuses_to_open_and_says_how_to_get_access()
    {
        await RequireAsync("SelfSignAccessRequirement", _folder, "\"name\": \"Terms of the lab\", \"description\": \"Be good.\"");
        await MountAsync("READ", "DOWNLOAD");
        var page = $"/Synapse:{_folder}";

        Assert.That(await ShellAsync("ls; ls folder"), Is.EqualTo("beside.txt\nfolder\na.txt"));
        Assert.That(await RefusedAsync("cat folder/a.txt"), Does.Contain("Permission denied"));
        Assert.That(
            await ShellAsync("getfattr --only-values -n user.synapse.access folder/a.txt"),
            Does.Contain("accept its terms").And.EndsWith($"/Synapse:{_file}"));
        Assert.That(await ShellAsync("getfattr --only-values -n user.synapse.access folder"), Does.Contain("accept its terms").And.EndsWith(page));
        Assert.That(
            await ShellAsync("cat .synapse/of/folder/HOW-TO-GET-ACCESS.txt"),
            Does.Contain("cannot be read").And.Contains(page).And.Contains("Terms of the lab").And.Contains("Be good.").And.Contains("accept its terms"));
        Assert.That(await ShellAsync("cat folder/.synapse/of/a.txt/HOW-TO-GET-ACCESS.txt"), Does.Contain($"/Synapse:{_file}").And.Contains("Terms of the lab"));
        Assert.That(await ShellAsync("ls .synapse/of/folder"), Is.EqualTo("HOW-TO-GET-ACCESS.txt\naccess.json\nannotations.json\nentity.json\nprovenance.json\nwiki"));
        Assert.That(await ShellAsync("cat beside.txt; ls .synapse/of/beside.txt"), Does.StartWith("two").And.Not.Contains("HOW-TO"));
    }

    [Test]
    public async Task How_to_get_access_cannot_be_changed_and_is_never_sent()
    {
        await RequireAsync("SelfSignAccessRequirement", _folder, "\"name\": \"Terms\"");
        await MountAsync("READ", "DOWNLOAD", "UPDATE", "DELETE", "CREATE");
        var text = ".synapse/of/folder/HOW-TO-GET-ACCESS.txt";

        var before = await ShellAsync($"cat {text}");
        Assert.That(await ShellAsync($"stat -c %A {text}"), Is.EqualTo("-r--r--r--"));
        Assert.That(await RefusedAsync($"echo x > {text}"), Does.Contain("Permission denied"));
        Assert.That(await RefusedAsync($"rm -f {text}"), Is.Not.Empty);

        Assert.That(await ShellAsync($"cat {text}"), Is.EqualTo(before));
        await _mount.WaitAsync();
        Assert.That(await ShellAsync("find . -name 'HOW*'"), Is.Empty);
    }

    [Test]
    public async Task A_folder_tells_of_what_is_locked_in_it()
    {
        var locked = await _world.AddFileAsync("locked.txt", "l\n"u8.ToArray(), _folder);
        await RequireAsync("ManagedACTAccessRequirement", locked, "\"name\": \"Controlled\", \"isDUCRequired\": true");
        await MountAsync("READ", "DOWNLOAD");

        var help = await ShellAsync("cat .synapse/of/folder/HOW-TO-GET-ACCESS.txt");
        Assert.That(help, Does.Contain($"* locked.txt: you have to be given access to it first. Sign in and open").And.Contains($"/Synapse:{locked}"));
        Assert.That(help, Does.Not.Contain("a.txt"));
        Assert.That(await ShellAsync("cat folder/.synapse/of/locked.txt/HOW-TO-GET-ACCESS.txt"), Does.Contain("a signed data use certificate"));
        Assert.That(await ShellAsync("cat folder/a.txt"), Is.EqualTo("one"));
    }

    [Test]
    public async Task Accepted_terms_open_what_they_closed()
    {
        var requirement = await RequireAsync("SelfSignAccessRequirement", _folder, "\"name\": \"Terms\"");
        await MountAsync("READ", "DOWNLOAD");
        Assert.That(await RefusedAsync("cat folder/a.txt"), Does.Contain("Permission denied"));
        await _world.PostAsync("/repo/v1/accessApproval", $"{{\"requirementId\": {requirement}}}", Token);
        await _mount.DisposeAsync();
        _mount = await _world.MountSourceAsync(_world.Project, "other");

        Assert.That(await ShellAsync("cat folder/a.txt; ls .synapse/of/folder"), Is.EqualTo("one\naccess.json\nannotations.json\nentity.json\nprovenance.json\nwiki"));
    }

    private async Task<string> RequireAsync(string type, string subject, string more)
    {
        var made = await _world.PostAsync("/repo/v1/accessRequirement", $$"""
            {
              "concreteType": "org.sagebionetworks.repo.model.{{type}}", "accessType": "DOWNLOAD",
              "subjectIds": [{ "id": "{{subject}}", "type": "ENTITY" }], {{more}}
            }
            """);
        return made.GetProperty("id").ToString();
    }

    private async Task MountAsync(params string[] rights)
    {
        await _world.ShareAsync(_world.Project, Reader, rights);
        _world.MountToken = Token;
        _mount = await _world.MountAsync("--settle", "200ms");
    }

    private async Task<string> ShellAsync(string script)
    {
        var result = await Command.ShellAsync($"set -eu; export LC_ALL=C; cd '{_mount.Mountpoint}'\n{script}");
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{_mount.Said}");
        return result.Output.Trim();
    }

    private async Task<string> RefusedAsync(string script)
    {
        var result = await Command.ShellAsync($"export LC_ALL=C; cd '{_mount.Mountpoint}' && {script}");
        Assert.That(result.ExitCode, Is.Not.Zero, script);
        return result.Error;
    }
}
