using System.Globalization;
using System.Net.Http.Headers;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Mounts that show a project as its files stood at a moment. The server's clock makes the past.</summary>
[TestFixture]
internal sealed class PastTests
{
    private const RequestPriority Priority = RequestPriority.Interactive;

    private static readonly string Then = Moment(250);

    private World _world = null!;
    private string _project = "";

    [OneTimeSetUp]
    public async Task Let_time_pass()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        GoTo(400);
        _project = (await _world.Client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Project, Name = "Old" }, Priority, default)).Id!;
        var data = await _world.AddFolderAsync("data", _project);
        var changed = await AddAsync("changed.txt", "one\n", data);
        var renamed = await AddAsync("was.txt", "same\n", data);
        var annotated = await AddAsync("annotated.txt", "first\n", data);
        var lost = await AddAsync("lost.txt", "lost\n", data);
        var restored = await AddAsync("restored.txt", "old\n", data);
        await AddAsync("still.txt", "still\n", data);
        await AddAsync("README", "the project's own\n", _project);
        await AnnotateAsync(changed, "first");
        GoTo(300);
        await _world.ReplaceFileAsync(changed, "two\n"u8.ToArray());
        await _world.ReplaceFileAsync(annotated, "second\n"u8.ToArray());
        await _world.ReplaceFileAsync(restored, "new\n"u8.ToArray());
        await AnnotateAsync(changed, "second");
        GoTo(200);
        await _world.ReplaceFileAsync(changed, "three\n"u8.ToArray());
        await AnnotateAsync(changed, "third");
        await AnnotateAsync(annotated, "afterwards");
        await _world.ReplaceFileAsync(lost, "found\n"u8.ToArray());
        await ChangeAsync(renamed, entity => entity with { Name = "renamed.txt" }, VersionChange.Keep);
        var before = (await _world.Client.Entities.GetAsync(restored, 1, Priority, default)).DataFileHandleId;
        await ChangeAsync(restored, entity => entity with { DataFileHandleId = before, VersionLabel = null }, VersionChange.New);
        await AddAsync("new.txt", "new\n", data);
        await AddAsync("inside.txt", "new\n", await _world.AddFolderAsync("later", _project));
        await DeleteVersionAsync(lost, 1);
        _world.Server.ClockSkew = TimeSpan.Zero;
    }

    [OneTimeTearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Each_file_is_shown_in_its_version_of_then()
    {
        await using var mount = await MountAsync();

        Assert.That((await InAsync(mount, "find . -type f | sort")).Lines, Is.EqualTo(new[]
        {
            "./README", "./README_", "./data/annotated.txt", "./data/changed.txt", "./data/lost.txt", "./data/renamed.txt", "./data/restored.txt",
            "./data/still.txt",
        }));
        Assert.That((await InAsync(mount, "cd data; cat annotated.txt changed.txt renamed.txt restored.txt still.txt ../README")).Text,
            Is.EqualTo("second\ntwo\nsame\nnew\nstill\nthe project's own"));
        Assert.That((await InAsync(mount, "md5sum < data/changed.txt; stat -c %s data/changed.txt")).Lines,
            Is.EqualTo(new[] { (await Command.ShellAsync("printf 'two\\n' | md5sum")).Text, "4" }));
    }

    [Test]
    public async Task Annotations_and_dates_are_those_of_the_version()
    {
        await using var mount = await MountAsync();

        Assert.That((await InAsync(mount, "cd data; getfattr --only-values -n user.stage changed.txt; echo; getfattr --only-values -n user.synapse.version changed.txt")).Lines,
            Is.EqualTo(new[] { "second", "2" }));
        Assert.That((await InAsync(mount, "date -u -r data/changed.txt +%F")).Text, Is.EqualTo(Moment(300)[..10]));
        Assert.That((await InAsync(mount, "\"$SYNAPSEFS\" find stage=second")).Lines, Is.EqualTo(new[] { "./data/changed.txt" }));
        Assert.That((await InAsync(mount, "ls .synapse/find/stage=second")).Text, Is.EqualTo("changed.txt"));
    }

    // Beside what is named: once, the name of who changed it.
    [TestCase("still.txt", 1, TestName = "Unchanged since: itself")]
    [TestCase("changed.txt", 3, TestName = "Changed since: its versions, the one in doubt, the one that it was")]
    public async Task Names_of_the_past_cost_pages_and_a_changed_file_its_list_of_versions(string file, int calls)
    {
        await using var mount = await _world.MountSourceAsync(_project, $"costs-{file}", "--at", Then, "--metadata-ttl", "100ms");
        _world.Server.Log.Reset();

        await InAsync(mount, "ls -R");
        var names = _world.Server.Log.Totals.ApiRequests;
        await InAsync(mount, $"stat data/{file}");
        var described = _world.Server.Log.Totals.ApiRequests;
        // Beyond the lease, which ends in another process by its clock: nothing tells of it.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await InAsync(mount, $"ls -R; stat data/{file}");

        Assert.That(names, Is.EqualTo(2), "a page for each of two folders");
        Assert.That(described - names, Is.EqualTo(calls + 1));
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.EqualTo(described), "the past does not change");
    }

    [Test]
    public async Task A_text_says_what_is_shown_and_what_nobody_knows()
    {
        await using var mount = await MountAsync();

        var text = (await InAsync(mount, "cat README_")).Text;

        Assert.That(text, Does.StartWith($"{_project} as its files stood at {Then[..10]}").And.Contain("moved").And.Contain("deleted"));
        Assert.That((await InAsync(mount, "cat data/lost.txt")).Error, Does.Contain("Permission denied"));
        Assert.That((await InAsync(mount, "getfattr --only-values -n user.synapse.access data/lost.txt")).Text, Does.Contain("has been deleted since"));
    }

    [Test]
    public async Task Nothing_can_be_changed_in_the_past()
    {
        await using var mount = await MountAsync();

        foreach (var line in new[] { "touch data/x", "echo x >> data/changed.txt", "rm data/changed.txt", "setfattr -n user.a -v b data/changed.txt", "mv data d" })
            Assert.That((await InAsync(mount, line)).Error, Does.Contain("Read-only file system"), line);
    }

    [Test]
    public async Task What_a_mount_of_today_has_read_is_not_fetched_again_for_the_past()
    {
        await using (var today = await _world.MountSourceAsync(_project, "shared"))
            await InAsync(today, "cat data/still.txt data/renamed.txt");
        _world.Server.Log.Reset();

        await using var past = await _world.MountSourceAsync(_project, "shared", "--at", Then);

        Assert.That((await InAsync(past, "cat data/still.txt data/renamed.txt")).Text, Is.EqualTo("still\nsame"));
        Assert.That(_world.Server.Log.Totals.DownloadEvents, Is.Zero);
    }

    [Test]
    public async Task Without_a_network_the_past_is_as_it_was_seen()
    {
        await using (var mount = await MountAsync())
            await InAsync(mount, "cat data/changed.txt; ls -lR");
        await using var offline = await MountAsync("--offline");

        Assert.That((await InAsync(offline, "cat data/changed.txt; ls data | wc -l")).Text, Is.EqualTo("two\n6"));
    }

    [TestCase("--at someday SOURCE DIR", 2, "is no date; write it like 2024-06-01")]
    [TestCase("--at 2024-02-30 SOURCE DIR", 2, "is no date")]
    [TestCase("--at 9999-01-01 SOURCE DIR", 2, "lies in the future")]
    [TestCase("--at 2001-01-01 SOURCE DIR", 1, "there was nothing of it at 2001-01-01T00:00:00Z yet")]
    [TestCase("--at 2001-01-01 DIR", 2, "--at shows one project or folder")]
    public async Task A_moment_that_cannot_be_shown_is_told(string words, int code, string sentence)
    {
        var line = words.Replace("SOURCE", _project, StringComparison.Ordinal).Replace("DIR", _world.Directory("empty"), StringComparison.Ordinal);

        var mounted = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["mount", "--endpoint", _world.Endpoint, .. line.Split(' ')], _world.Environment);

        Assert.That(mounted.ExitCode, Is.EqualTo(code), mounted.ToString());
        Assert.That(mounted.Error, Does.Contain(sentence));
    }

    private static string Moment(int daysAgo) => DateTime.UtcNow.AddDays(-daysAgo).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private Task<Mount> MountAsync(params string[] options) => _world.MountSourceAsync(_project, "past", ["--at", Then, .. options]);

    private Task<CommandResult> InAsync(Mount mount, string script) => Command.ShellAsync(
        $"cd '{mount.Mountpoint}'\n{script}",
        new Dictionary<string, string>(_world.Environment) { ["SYNAPSEFS"] = ProgramFiles.Synapsefs, ["LC_ALL"] = "C.UTF-8" });

    private void GoTo(int daysAgo) => _world.Server.ClockSkew = -TimeSpan.FromDays(daysAgo);

    private Task<string> AddAsync(string name, string text, string parent) =>
        _world.AddFileAsync(name, System.Text.Encoding.UTF8.GetBytes(text), parent, $"{parent}/{name}");

    private async Task ChangeAsync(string id, Func<Entity, Entity> change, VersionChange version) =>
        await _world.Client.Entities.UpdateAsync(
            change(await _world.Client.Entities.GetAsync(id, null, Priority, default)), version, Priority, default);

    private async Task AnnotateAsync(string id, string stage)
    {
        var entity = await _world.Client.Entities.GetAsync(id, null, Priority, default);
        var values = new Dictionary<string, AnnotationsValue> { ["stage"] = new() { Type = "STRING", Value = [stage] } };
        await _world.Client.Annotations.UpdateAsync(id, new Annotations { Etag = entity.Etag, Values = values }, Priority, default);
    }

    private async Task DeleteVersionAsync(string id, int version)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _world.Server.FirstUser.Token);
        using var answer = await http.DeleteAsync(new Uri($"{_world.Server.RepoEndpoint}/entity/{id}/version/{version}"));
        answer.EnsureSuccessStatusCode();
    }
}
