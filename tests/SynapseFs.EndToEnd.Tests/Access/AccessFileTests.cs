using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Access;

/// <summary>Who may do what, through a text and the programs that people have for those.</summary>
[TestFixture]
internal sealed class AccessFileTests : TextFixture
{
    private const string Admin = "CHANGE_PERMISSIONS CHANGE_SETTINGS CREATE DELETE DOWNLOAD MODERATE READ UPDATE";

    private string _team = null!;

    private long Owner => World.Server.FirstUser.PrincipalId;

    private string OwnerName => World.Server.FirstUser.UserName;

    protected override async Task FillAsync()
    {
        await base.FillAsync();
        _team = (await World.PostAsync("/repo/v1/team", "{\"name\":\"The Lab\"}")).GetProperty("id").ToString();
    }

    [Test]
    public async Task The_text_says_who_may_do_what_and_where_that_comes_from()
    {
        Assert.That(await ShellAsync("jq -c . access.json"), Is.EqualTo(
            $"{{\"inherits\":true,\"inheritsFrom\":\"{World.Project}\",\"sharedWith\":{{\"{OwnerName}\":\"admin\"}}}}"));
        Assert.That(await ShellAsync($"jq -c . ../{World.Project}/access.json"), Is.EqualTo(
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
        await Mount.WaitAsync();

        Assert.That(await World.AclAsync(TheFile), Is.EqualTo($"{Owner}: {Admin}; {Reader}: READ"));
        Assert.That(await ShellAsync("jq -c . access.json"), Is.EqualTo(
            $"{{\"inherits\":false,\"sharedWith\":{{\"{OwnerName}\":\"admin\",\"reader\":\"view\"}}}}"));
    }

    [TestCase("jq '.inherits = true' access.json > tmp && mv tmp access.json")]
    [TestCase("echo '{\"inherits\": true}' > access.json")]
    public async Task A_list_of_its_own_is_changed_and_given_up(string script)
    {
        await World.ShareAsync(TheFile, Reader, "READ");
        await ShellAsync("jq '.sharedWith.reader = \"edit\"' access.json > tmp; mv tmp access.json");
        await Mount.WaitAsync();
        Assert.That(await World.AclAsync(TheFile), Is.EqualTo($"{Owner}: {Admin}; {Reader}: CREATE DOWNLOAD READ UPDATE"));

        await ShellAsync(script);
        await Mount.WaitAsync();

        Assert.That(await World.AclAsync(TheFile), Is.Null);
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
        await Mount.WaitAsync();

        Assert.That(await World.AclAsync(TheFile), Is.EqualTo(
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

        Assert.That(await TryWritingAsync("access.json", text), Is.EqualTo("fsync EINVAL\nclose EINVAL\nrename EINVAL"));

        Assert.That(await ShellAsync("cat access.json"), Is.EqualTo(before));
        Assert.That(Mount.Said, Does.Contain("'/.synapse/of/a.txt/access.json' is as it was").And.Contains(words));
        await Mount.WaitAsync();
        Assert.That(await World.AclAsync(TheFile), Is.Null);
    }

    [Test]
    public async Task A_project_inherits_nothing()
    {
        var written = await Command.ShellAsync(
            $"echo '{{\"inherits\": true}}' | dd of={Mount[$".synapse/of/{World.Project}/access.json"]} conv=fsync");

        Assert.That(written.Error, Does.Contain("Invalid argument"));

        Assert.That(Mount.Said, Does.Contain("A project has nothing above it to inherit from"));
        Assert.That(await World.AclAsync(World.Project), Is.EqualTo($"{Owner}: {Admin}"));
    }

    [Test]
    public async Task A_list_that_somebody_else_changed_since_is_theirs_and_ours_is_kept_beside_it()
    {
        await ShellAsync("cat access.json");
        await World.ShareAsync(TheFile, Reader, "READ");
        await ShellAsync("jq '.inherits = false | .sharedWith.\"The Lab\" = \"view\"' access.json > tmp; mv tmp access.json");
        await Mount.WaitAsync();

        Assert.That(await World.AclAsync(TheFile), Is.EqualTo($"{Owner}: {Admin}; {Reader}: READ"));
        Assert.That(await ShellAsync("jq -r .sharedWith.reader access.json"), Is.EqualTo("view"));
        Assert.That(await ShellAsync("jq -r '.sharedWith.\"The Lab\"' 'access (conflict,'*.json"), Is.EqualTo("view"));
        Assert.That(Mount.Said, Does.Contain("what was written here is kept as 'access (conflict"));
    }

    [Test]
    public async Task Who_may_not_share_cannot_write_the_list()
    {
        await World.ShareAsync(World.Project, Reader, "READ", "DOWNLOAD", "UPDATE");
        await using var mount = await MountAsReaderAsync();
        var text = mount[".synapse/of/a.txt/access.json"];

        Assert.That(File.ReadAllText(text), Does.Contain("\"reader\": ["));
        Assert.That((await Command.ShellAsync($"stat -c %A {text}")).Text, Is.EqualTo("-r--r--r--"));
        Assert.That((await Command.ShellAsync($"echo '{{\"inherits\": true}}' > '{text}'")).Error, Does.Contain("Permission denied"));
        Assert.That(await World.AclAsync(TheFile), Is.Null);
    }

    [Test]
    public async Task A_right_to_share_that_was_lost_meanwhile_is_EACCES_and_told()
    {
        await World.ShareAsync(World.Project, Reader, Admin.Split(' '));
        await using var mount = await MountAsReaderAsync("--metadata-ttl", "1h");
        var text = mount[".synapse/of/a.txt/access.json"];
        Assert.That(File.ReadAllText(text), Does.Contain("\"reader\": \"admin\""));
        await World.ShareAsync(World.Project, Reader, "READ");

        await File.WriteAllTextAsync(Path.Combine(World.Directory("out"), "list"), "{\"inherits\": false, \"sharedWith\": {\"reader\": \"admin\"}}");
        var written = await Command.ShellAsync($"dd if={World.Directory("out")}/list of={text} conv=fsync");

        Assert.That(written.Error, Does.Contain("Permission denied"), $"{written}");
        Assert.That(mount.Said, Does.Contain($"You may not share {TheFile}"));
        Assert.That(await World.AclAsync(TheFile), Is.Null);
    }

    [Test]
    public async Task Nobody_inherits_themselves_out()
    {
        var folder = await World.AddFolderAsync("folder");
        await World.ShareAsync(World.Project, Reader, "READ");
        await World.ShareAsync(folder, Reader, Admin.Split(' '));
        await using var mount = await MountAsReaderAsync();

        var written = await Command.ShellAsync($"echo '{{\"inherits\": true}}' | dd of={mount[".synapse/of/folder/access.json"]} conv=fsync");

        Assert.That(written.Error, Does.Contain("Invalid argument"));
        Assert.That(mount.Said, Does.Contain("lock you out: what is above it gives you no \"admin\""));
        Assert.That(await World.AclAsync(folder), Does.Contain($"{Reader}: {Admin}"));
    }

    [Test]
    public async Task A_team_of_ones_own_is_no_lock_out()
    {
        await ShellAsync("echo '{\"inherits\": false, \"sharedWith\": {\"The Lab\": \"admin\"}}' > access.json");
        await Mount.WaitAsync();

        Assert.That(await World.AclAsync(TheFile), Is.EqualTo($"{_team}: {Admin}"));
    }

    [Test]
    public async Task A_list_that_nobody_could_be_asked_about_is_judged_when_it_is_sent()
    {
        await ShellAsync("cat access.json");
        await Mount.DisposeAsync();
        Mount = await World.MountAsync("--offline");
        await ShellAsync($"echo '{{\"inherits\": false, \"sharedWith\": {{\"{OwnerName}\": \"admin\", \"nobody.here\": \"view\"}}}}' > access.json");
        await Mount.DisposeAsync();
        Mount = await World.MountAsync();
        await Mount.WaitAsync();

        Assert.That(await World.AclAsync(TheFile), Is.Null);
        Assert.That(await ShellAsync("jq .inherits access.json"), Is.EqualTo("true"));
        Assert.That(await ShellAsync("cat 'access (conflict,'*.json"), Does.Contain("nobody.here"));
        Assert.That(Mount.Said, Does.Contain("Nobody is called 'nobody.here'"));
    }
}
