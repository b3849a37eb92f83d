using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Access;

/// <summary>Who may do what, through a text and the programs that people have for those.</summary>
[TestFixture]
internal sealed class AccessFileTests
{
    private const string Token = "sfs_reader_token_of_this_test";
    private const string Admin = "CHANGE_PERMISSIONS CHANGE_SETTINGS CREATE DELETE DOWNLOAD MODERATE READ UPDATE";

    private World _world = null!;
    private Mount _mount = null!;
    private string _file = null!;
    private string _team = null!;

    private long Owner => _world.Server.FirstUser.PrincipalId;

    private string OwnerName => _world.Server.FirstUser.UserName;

    private long Reader => _world.Server.Accounts[0].PrincipalId;

    private string Room => _mount[".synapse/of/a.txt"];

    [SetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with
        {
            MakesPreviews = false,
            Users = [new ServerUser { Name = "reader", Token = Token }],
        });
        _file = await _world.AddFileAsync("a.txt", "one\n"u8.ToArray());
        _team = (await _world.PostAsync("/repo/v1/team", "{\"name\":\"The Lab\"}")).GetProperty("id").ToString();
        _mount = await _world.MountAsync("--settle", "200ms");
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task The_text_says_who_may_do_what_and_where_that_comes_from()
    {
        Assert.That(await ShellAsync("jq -c . access.json"), Is.EqualTo(
            $"{{\"inherits\":true,\"inheritsFrom\":\"{_world.Project}\",\"sharedWith\":{{\"{OwnerName}\":\"admin\"}}}}"));
        Assert.That(await ShellAsync($"jq -c . ../{_world.Project}/access.json"), Is.EqualTo(
            $"{{\"inherits\":false,\"sharedWith\":{{\"{OwnerName}\":\"admin\"}}}}"));
    }

    [TestCase("jq '.inherits = false | .sharedWith.reader = \"view\"' access.json > tmp && mv tmp access.json")]
    [TestCase("text=$(jq '.inherits = false | .sharedWith.reader = \"view\"' access.json); echo \"$text\" > access.json")]
    [TestCase("sed -i 's/true/false/; s/\"sharedWith\": {/& \"reader\": \"view\",/' access.json")]
    [TestCase("vim -es -N -u NONE -c '%s/true/false/' -c '%s/\"sharedWith\": {/& \"reader\": \"view\",/' -c wq access.json")]
    [TestCase("cp access.json $OUT/x; sed -i 's/true/false/; s/\"sharedWith\": {/& \"reader\": \"view\",/' $OUT/x; cp $OUT/x access.json")]
    public async Task What_is_written_makes_a_list_of_its_own(string script)
    {
        await ShellAsync(script);
        await _mount.WaitAsync();

        Assert.That(await _world.AclAsync(_file), Is.EqualTo($"{Owner}: {Admin}; {Reader}: READ"));
        Assert.That(await ShellAsync("jq -c . access.json"), Is.EqualTo(
            $"{{\"inherits\":false,\"sharedWith\":{{\"{OwnerName}\":\"admin\",\"reader\":\"view\"}}}}"));
    }

    [TestCase("jq '.inherits = true' access.json > tmp && mv tmp access.json")]
    [TestCase("echo '{\"inherits\": true}' > access.json")]
    public async Task A_list_of_its_own_is_changed_and_given_up(string script)
    {
        await _world.ShareAsync(_file, Reader, "READ");
        await ShellAsync("jq '.sharedWith.reader = \"edit\"' access.json > tmp; mv tmp access.json");
        await _mount.WaitAsync();
        Assert.That(await _world.AclAsync(_file), Is.EqualTo($"{Owner}: {Admin}; {Reader}: CREATE DOWNLOAD READ UPDATE"));

        await ShellAsync(script);
        await _mount.WaitAsync();

        Assert.That(await _world.AclAsync(_file), Is.Null);
        Assert.That(await ShellAsync("jq .inherits access.json"), Is.EqualTo("true"));
    }

    [Test]
    public async Task People_teams_and_groups_have_names_and_levels_are_access_types()
    {
        await ShellAsync($$"""
            jq '.inherits = false | .sharedWith += {
                "the lab": "edit-and-delete", "public": "view", "authenticated_users": "download", "{{Reader}}": ["READ", "update"]
            }' access.json > tmp
            mv tmp access.json
            """);
        await _mount.WaitAsync();

        Assert.That(await _world.AclAsync(_file), Is.EqualTo(
            $"273948: DOWNLOAD READ; 273949: READ; {Owner}: {Admin}; {Reader}: READ UPDATE; {_team}: CREATE DELETE DOWNLOAD READ UPDATE")
            .Or.EqualTo(
            $"273948: DOWNLOAD READ; 273949: READ; {Owner}: {Admin}; {_team}: CREATE DELETE DOWNLOAD READ UPDATE; {Reader}: READ UPDATE"));
        Assert.That(await ShellAsync("jq -c .sharedWith access.json"), Is.EqualTo(
            $"{{\"AUTHENTICATED_USERS\":\"download\",\"PUBLIC\":\"view\",\"The Lab\":\"edit-and-delete\",\"{OwnerName}\":\"admin\","
            + "\"reader\":[\"READ\",\"UPDATE\"]}"));
    }

    [TestCase("{ \"inherits\": false", "It is no JSON")]
    [TestCase("", "It is empty")]
    [TestCase("[]", "one JSON object")]
    [TestCase("{}", "whether what is above decides")]
    [TestCase("{ \"inherits\": \"yes\" }", "true or false")]
    [TestCase("{ \"inherits\": true, \"owner\": \"x\" }", "'owner' is unknown")]
    [TestCase("{ \"inherits\": true, \"inherits\": false }", "stands there twice")]
    [TestCase("{ \"inherits\": false }", "needs a list of its own")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"nobody.here\": \"view\" } }", "Nobody is called 'nobody.here'")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"98765\": \"view\" } }", "Nobody is called '98765'")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"reader\": \"view\", \"Reader\": \"edit\" } }", "in the list twice")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"reader\": \"write\" } }", "'write' is no level")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"reader\": [\"WRITE\"] } }", "'WRITE' is no access type")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"reader\": null } }", "left out")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"PUBLIC\": \"download\" } }", "PUBLIC can only view")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"admin\", \"anonymous\": \"view\" } }", "everybody is PUBLIC")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"reader\": \"admin\" } }", "lock you out")]
    [TestCase("{ \"inherits\": false, \"sharedWith\": { \"OWNER\": \"edit\" } }", "lock you out")]
    [TestCase("{ \"inherits\": true, \"sharedWith\": { \"OWNER\": \"admin\", \"reader\": \"view\" } }", "\"inherits\": false")]
    [TestCase("{ \"inherits\": true, \"inheritsFrom\": \"syn1\" }", "\"inherits\": false")]
    public async Task An_access_list_that_cannot_be_is_EINVAL_told_and_changes_nothing(string text, string words)
    {
        text = text.Replace("OWNER", OwnerName, StringComparison.Ordinal);
        var before = await ShellAsync("cat access.json");

        Assert.That(await TryAsync(text), Is.EqualTo("fsync EINVAL\nclose EINVAL\nrename EINVAL"));

        Assert.That(await ShellAsync("cat access.json"), Is.EqualTo(before));
        Assert.That(_mount.Said, Does.Contain("'/.synapse/of/a.txt/access.json' is as it was").And.Contains(words));
        await _mount.WaitAsync();
        Assert.That(await _world.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task A_project_inherits_nothing()
    {
        var written = await Command.ShellAsync(
            $"echo '{{\"inherits\": true}}' | dd of={_mount[$".synapse/of/{_world.Project}/access.json"]} conv=fsync");

        Assert.That(written.Error, Does.Contain("Invalid argument"));

        Assert.That(_mount.Said, Does.Contain("A project has nothing above it to inherit from"));
        Assert.That(await _world.AclAsync(_world.Project), Is.EqualTo($"{Owner}: {Admin}"));
    }

    [Test]
    public async Task A_list_that_somebody_else_changed_since_is_theirs_and_ours_is_kept_beside_it()
    {
        await ShellAsync("cat access.json");
        await _world.ShareAsync(_file, Reader, "READ");
        await ShellAsync("jq '.inherits = false | .sharedWith.\"The Lab\" = \"view\"' access.json > tmp; mv tmp access.json");
        await _mount.WaitAsync();

        Assert.That(await _world.AclAsync(_file), Is.EqualTo($"{Owner}: {Admin}; {Reader}: READ"));
        Assert.That(await ShellAsync("jq -r .sharedWith.reader access.json"), Is.EqualTo("view"));
        Assert.That(await ShellAsync("jq -r '.sharedWith.\"The Lab\"' 'access (conflict,'*.json"), Is.EqualTo("view"));
        Assert.That(_mount.Said, Does.Contain("what was written here is kept as 'access (conflict"));
    }

    [Test]
    public async Task Who_may_not_share_cannot_write_the_list()
    {
        await _world.ShareAsync(_world.Project, Reader, "READ", "DOWNLOAD", "UPDATE");
        await using var mount = await MountAsReaderAsync();
        var text = mount[".synapse/of/a.txt/access.json"];

        Assert.That(File.ReadAllText(text), Does.Contain("\"reader\": ["));
        Assert.That((await Command.ShellAsync($"stat -c %A {text}")).Text, Is.EqualTo("-r--r--r--"));
        Assert.That((await Command.ShellAsync($"echo '{{\"inherits\": true}}' > '{text}'")).Error, Does.Contain("Permission denied"));
        Assert.That(await _world.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task A_right_to_share_that_was_lost_meanwhile_is_EACCES_and_told()
    {
        await _world.ShareAsync(_world.Project, Reader, Admin.Split(' '));
        await using var mount = await MountAsReaderAsync("--metadata-ttl", "1h");
        var text = mount[".synapse/of/a.txt/access.json"];
        Assert.That(File.ReadAllText(text), Does.Contain("\"reader\": \"admin\""));
        await _world.ShareAsync(_world.Project, Reader, "READ");

        await File.WriteAllTextAsync(Path.Combine(_world.Directory("out"), "list"), "{\"inherits\": false, \"sharedWith\": {\"reader\": \"admin\"}}");
        var written = await Command.ShellAsync($"dd if={_world.Directory("out")}/list of={text} conv=fsync");

        Assert.That(written.Error, Does.Contain("Permission denied"), $"{written}");
        Assert.That(mount.Said, Does.Contain($"You may not share {_file}"));
        Assert.That(await _world.AclAsync(_file), Is.Null);
    }

    [Test]
    public async Task Nobody_inherits_themselves_out()
    {
        var folder = await _world.AddFolderAsync("folder");
        await _world.ShareAsync(_world.Project, Reader, "READ");
        await _world.ShareAsync(folder, Reader, Admin.Split(' '));
        await using var mount = await MountAsReaderAsync();

        var written = await Command.ShellAsync($"echo '{{\"inherits\": true}}' | dd of={mount[".synapse/of/folder/access.json"]} conv=fsync");

        Assert.That(written.Error, Does.Contain("Invalid argument"));
        Assert.That(mount.Said, Does.Contain("lock you out: what is above it gives you no \"admin\""));
        Assert.That(await _world.AclAsync(folder), Does.Contain($"{Reader}: {Admin}"));
    }

    [Test]
    public async Task A_team_of_ones_own_is_no_lock_out()
    {
        await ShellAsync("echo '{\"inherits\": false, \"sharedWith\": {\"The Lab\": \"admin\"}}' > access.json");
        await _mount.WaitAsync();

        Assert.That(await _world.AclAsync(_file), Is.EqualTo($"{_team}: {Admin}"));
    }

    [Test]
    public async Task A_list_that_nobody_could_be_asked_about_is_judged_when_it_is_sent()
    {
        await ShellAsync("cat access.json");
        await _mount.DisposeAsync();
        _mount = await _world.MountAsync("--offline");
        await ShellAsync($"echo '{{\"inherits\": false, \"sharedWith\": {{\"{OwnerName}\": \"admin\", \"nobody.here\": \"view\"}}}}' > access.json");
        await _mount.DisposeAsync();
        _mount = await _world.MountAsync();
        await _mount.WaitAsync();

        Assert.That(await _world.AclAsync(_file), Is.Null);
        Assert.That(await ShellAsync("jq .inherits access.json"), Is.EqualTo("true"));
        Assert.That(await ShellAsync("cat 'access (conflict,'*.json"), Does.Contain("nobody.here"));
        Assert.That(_mount.Said, Does.Contain("Nobody is called 'nobody.here'"));
    }

    private async Task<Mount> MountAsReaderAsync(params string[] options)
    {
        _world.MountToken = Token;
        return await _world.MountSourceAsync(_world.Project, "reader", options);
    }

    /// <summary>What fsync, close and rename say to a text.</summary>
    private async Task<string> TryAsync(string text)
    {
        var script = """
            import errno, os, sys
            def attempt(what, do):
                try:
                    do()
                    print(what, "done")
                except OSError as e:
                    print(what, errno.errorcode[e.errno])
            fd = os.open("access.json", os.O_WRONLY | os.O_TRUNC)
            os.write(fd, sys.argv[1].encode())
            attempt("fsync", lambda: os.fsync(fd))
            attempt("close", lambda: os.close(fd))
            with open("tmp", "w") as tmp:
                tmp.write(sys.argv[1])
            attempt("rename", lambda: os.rename("tmp", "access.json"))
            os.unlink("tmp")
            """;
        await File.WriteAllTextAsync(Path.Combine(_world.Directory("out"), "try.py"), script);
        return await ShellAsync($"python3 $OUT/try.py '{text}'");
    }

    private async Task<string> ShellAsync(string script)
    {
        var environment = new Dictionary<string, string> { ["OUT"] = _world.Directory("out"), ["LC_ALL"] = "C.UTF-8" };
        var result = await Command.ShellAsync($"set -eu; cd '{Room}'\n{script}", environment);
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{_mount.Said}");
        return result.Output.Trim();
    }
}
