using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Details of many files at once from a view, counted at the server.</summary>
[TestFixture]
internal sealed class ViewTests
{
    private const int Files = 60;
    private const string ReaderToken = "sfs_reader_token_of_the_view_tests";

    private static readonly string[] Needed = ["id", "modifiedOn", "benefactorId", "dataFileHandleId", "dataFileSizeBytes", "dataFileMD5Hex"];

    private World _world = null!;
    private Mount? _mount;
    private List<string> _ids = null!;
    private string _folder = null!;

    private long Reader => _world.Server.Accounts[0].PrincipalId;

    [SetUp]
    public async Task Fill_a_folder() => await StartAsync(TimeSpan.FromMilliseconds(50));

    [TearDown]
    public async Task Unmount_and_stop()
    {
        if (_mount is not null)
            await _mount.DisposeAsync();
        _mount = null;
        await _world.DisposeAsync();
    }

    [TestCase(false, 10)]
    [TestCase(true, 12)]
    public async Task Details_of_many_files_cost_at_most_ten_calls_through_a_view(bool hasAnnotations, int most)
    {
        if (hasAnnotations)
            await AnnotateAsync(_ids[3], "species", "human");
        await IndexAsync();
        await MountAsync();
        await ShellAsync("ls -R .");
        _world.Server.Log.Reset();

        var sizes = await ShellAsync("cd many && stat -c '%n %s' *");

        Assert.That(sizes.Split('\n'), Is.EqualTo(Enumerable.Range(0, Files).Select(number => $"file-{number:d3}.txt {1000 + number}")));
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(most), Calls());
        Assert.That(Descriptions, Is.EqualTo(2), "The file that was looked at first, and the view itself: " + Calls());
        Assert.That(_world.Server.Log.Totals.DownloadEvents, Is.EqualTo(1), "What the view told, and no file.");
    }

    [Test]
    public async Task A_view_that_is_named_is_read_at_the_first_look()
    {
        var view = await AddViewAsync("mine", Needed);
        await MountAsync("--view", view);
        await ShellAsync("ls -R .");
        _world.Server.Log.Reset();

        Assert.That(await ShellAsync("stat -c %s many/file-007.txt"), Is.EqualTo("1007"));
        Assert.That(await ShellAsync("du -cb --apparent-size many/* | tail -1"), Does.StartWith(Enumerable.Range(1000, Files).Sum().ToString() + "\t"));
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(10), Calls());
        Assert.That(Descriptions, Is.EqualTo(1), Calls());
    }

    [Test]
    public async Task What_a_view_told_is_known_after_a_remount()
    {
        await AddViewAsync("mine", Needed);
        await MountAsync();
        await ShellAsync("ls -lR .");
        await _mount!.DisposeAsync();
        await MountAsync();
        _world.Server.Log.Reset();

        Assert.That((await ShellAsync("ls -l many")).Split('\n'), Has.Length.EqualTo(Files + 1));
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(3), Calls());
    }

    [Test]
    public async Task Files_known_through_a_view_read_as_they_were_uploaded_and_have_all_their_attributes()
    {
        await AnnotateAsync(_ids[3], "species", "human");
        await IndexAsync();
        await MountAsync();
        await ShellAsync("ls -lR .");

        Assert.That(await ShellAsync("cd many && sha256sum *"), Is.EqualTo(
            string.Join('\n', Enumerable.Range(0, Files).Select(number => $"{_world.Sha256[$"many/file-{number:d3}.txt"]}  file-{number:d3}.txt"))));
        Assert.That(await ShellAsync("getfattr --only-values -n user.species many/file-003.txt"), Is.EqualTo("human"));
        Assert.That(await ShellAsync("getfattr -d many/file-004.txt"), Does.Contain("user.synapse.content-type").And.Contains("user.synapse.md5"));
        Assert.That(await ShellAsync("getfattr -m - many/file-005.txt"), Does.Contain("user.synapse.content-type").And.Contains("user.synapse.version-label"));
    }

    [Test]
    public async Task An_annotation_that_a_view_tells_costs_no_call()
    {
        await AnnotateAsync(_ids[3], "species", "human");
        await AnnotateAsync(_ids[4], "species", "mouse");
        await IndexAsync();
        await MountAsync();
        await ShellAsync("ls -lR .");
        _world.Server.Log.Reset();

        Assert.That(await ShellAsync("getfattr --only-values -n user.species many/file-003.txt many/file-004.txt"), Is.EqualTo("humanmouse"));
        Assert.That(Descriptions, Is.Zero, Calls());
    }

    [Test]
    public async Task What_a_view_says_of_an_older_state_is_never_shown()
    {
        await RestartWithFrozenViewsAsync();
        await IndexAsync();
        await WarmTheViewAsync();
        await _world.ReplaceFileAsync(_ids[0], World.Bytes(5000));
        await RenameAsync(_ids[1], "renamed.txt");
        await _world.Client.Entities.DeleteAsync(_ids[2], RequestPriority.Interactive, CancellationToken.None);
        await _world.AddFileAsync("new.txt", World.Bytes(77), _folder, "many/new.txt");
        await MountAsync();

        var shown = (await ShellAsync("cd many && stat -c '%n %s' *")).Split('\n');

        Assert.That(shown, Has.Length.EqualTo(Files));
        Assert.That(shown, Does.Contain("file-000.txt 5000").And.Contains("renamed.txt 1001").And.Contains("new.txt 77"));
        Assert.That(shown, Has.None.StartsWith("file-002.txt"));
        Assert.That(shown, Does.Contain("file-059.txt 1059"));
        Assert.That(await ShellAsync("sha256sum < many/file-000.txt"), Does.StartWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(World.Bytes(5000)))));
    }

    [Test]
    public async Task A_file_whose_file_handle_a_view_has_wrong_reads_right()
    {
        await RestartWithFrozenViewsAsync();
        await IndexAsync();
        await WarmTheViewAsync();
        var entity = await _world.Client.Entities.GetAsync(_ids[5], null, RequestPriority.Interactive, CancellationToken.None);
        var handle = await _world.UploadAsync("moved", World.Bytes(1005, 5));
        await PutAsync(
            $"/repo/v1/entity/{_ids[5]}/version/{entity.VersionNumber}/filehandle",
            $$"""{"oldFileHandleId": "{{entity.DataFileHandleId}}", "newFileHandleId": "{{handle}}"}""");
        await MountAsync();
        await ShellAsync("ls -lR .");

        Assert.That(await ShellAsync("sha256sum < many/file-005.txt"), Does.StartWith(_world.Sha256["many/file-005.txt"]), _mount!.Said);
    }

    [Test]
    public async Task A_change_is_told_by_the_view_in_a_few_calls()
    {
        await IndexAsync();
        await MountAsync("--metadata-ttl", "1s");
        await ShellAsync("ls -lR .");
        foreach (var (id, index) in _ids.Take(30).Select((id, index) => (id, index)))
            await _world.ReplaceFileAsync(id, World.Bytes(2000 + index, index));
        // Readings follow each other no sooner.
        await Task.Delay(TimeSpan.FromSeconds(16));
        _world.Server.Log.Reset();

        var shown = (await ShellAsync("cd many && stat -c '%n %s' *")).Split('\n');

        Assert.That(shown.Take(30), Is.EqualTo(Enumerable.Range(0, 30).Select(index => $"file-{index:d3}.txt {2000 + index}")));
        Assert.That(shown.Skip(30), Is.EqualTo(Enumerable.Range(30, Files - 30).Select(index => $"file-{index:d3}.txt {1000 + index}")));
        Assert.That(Descriptions, Is.LessThanOrEqualTo(3), Calls());
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(14), Calls());
    }

    [Test]
    public async Task A_view_that_is_deleted_meanwhile_leaves_everything_as_without_one()
    {
        var view = await AddViewAsync("mine", Needed);
        await MountAsync("--view", view);
        await _world.Client.Entities.DeleteAsync(view, RequestPriority.Interactive, CancellationToken.None);

        Assert.That((await ShellAsync("cd many && stat -c %s *")).Split('\n'), Is.EqualTo(Enumerable.Range(1000, Files).Select(size => $"{size}")));
        Assert.That(_mount!.Said, Does.Contain("asked for one by one").And.Contains(view));
    }

    [Test]
    public async Task A_view_that_cannot_be_used_is_refused_with_what_helps()
    {
        var lacking = await AddViewAsync("lacking", ["id", "name", "dataFileSizeBytes"]);
        var elsewhere = await AddViewAsync("elsewhere", Needed, await NewProjectAsync());
        var folders = await AddViewAsync("folders", Needed, mask: 8);

        Assert.That(await RefusedAsync(lacking), Does.Contain("lacks the columns modifiedOn, benefactorId, dataFileHandleId, dataFileMD5Hex").And.Contains("synapsefs index"));
        Assert.That(await RefusedAsync(elsewhere), Does.Contain($"covers nothing of {_world.Project}"));
        Assert.That(await RefusedAsync(folders), Does.Contain("shows no files"));
        Assert.That(await RefusedAsync(_folder), Does.Contain("is no view of files"));
        Assert.That(await RefusedAsync("syn999999999"), Does.Contain("There is no view syn999999999"));
        Assert.That(await RefusedAsync("nonsense"), Does.Contain("is no id of a view"));
    }

    [Test]
    public async Task A_view_that_one_may_not_read_is_refused_when_named_and_passed_over_otherwise()
    {
        var view = await AddViewAsync("mine", Needed);
        await _world.ShareAsync(_world.Project, Reader, "READ", "DOWNLOAD");
        await _world.ShareAsync(view, Reader);
        _world.MountToken = ReaderToken;

        Assert.That(await RefusedAsync(view), Does.Contain($"You may not read the view {view}"));
        await MountAsync();
        Assert.That((await ShellAsync("cd many && stat -c %s *")).Split('\n'), Is.EqualTo(Enumerable.Range(1000, Files).Select(size => $"{size}")));
    }

    [Test]
    public async Task What_may_not_be_downloaded_is_so_with_a_view_too()
    {
        await AddViewAsync("mine", Needed);
        await _world.ShareAsync(_world.Project, Reader, "READ", "DOWNLOAD");
        await _world.ShareAsync(_ids[7], Reader, "READ");
        _world.MountToken = ReaderToken;
        await MountAsync();

        var shown = (await ShellAsync("cd many && stat -c '%n %A %s' *")).Split('\n');

        Assert.That(shown[7], Is.EqualTo("file-007.txt ---------- 1007"));
        Assert.That(shown[8], Is.EqualTo("file-008.txt -r--r--r-- 1008"));
        Assert.That((await Command.ShellAsync($"cat {_mount!["many/file-007.txt"]}")).Error, Does.Contain("Permission denied"));
        Assert.That(await ShellAsync("getfattr --only-values -n user.synapse.access many/file-007.txt"), Does.Contain("not download it"));
    }

    [Test]
    public async Task An_index_is_made_once_and_completed()
    {
        Assert.That(await IndexAsync(), Does.Contain("tells of its files from now on"));
        Assert.That(await IndexAsync(), Does.Contain("Nothing to change"));
        await AnnotateAsync(_ids[0], "tissue", "brain");
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.That(await IndexAsync(), Does.Contain("has been given: tissue"));

        _world.MountToken = ReaderToken;
        await _world.ShareAsync(_world.Project, Reader, "READ", "DOWNLOAD");
        await AnnotateAsync(_ids[1], "organ", "liver");
        var refused = await Command.RunAsync(ProgramFiles.Synapsefs, ["index", "--endpoint", _world.Endpoint, _world.Project], _world.Environment);
        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.Output);
        Assert.That(refused.Error, Does.Contain("You may not").And.Contains("--view"));
        var folder = await Command.RunAsync(ProgramFiles.Synapsefs, ["index", "--endpoint", _world.Endpoint, _folder], _world.Environment);
        Assert.That(folder.Error, Does.Contain("is no project"));
    }

    private async Task StartAsync(TimeSpan indexDelay)
    {
        var reader = new ServerUser { Name = "reader", Token = ReaderToken, Scopes = ["view", "download", "modify", "authorize"] };
        _world = await World.StartAsync(options => options with { MakesPreviews = false, IndexDelay = indexDelay, Users = [reader] });
        _folder = await _world.AddFolderAsync("many");
        _ids = [];
        for (var number = 0; number < Files; number++)
            _ids.Add(await _world.AddFileAsync($"file-{number:d3}.txt", World.Bytes(1000 + number, number), _folder, $"many/file-{number:d3}.txt"));
    }

    // A view is made when it is first asked for, and then follows no longer.
    private async Task RestartWithFrozenViewsAsync()
    {
        await _world.DisposeAsync();
        await StartAsync(TimeSpan.FromHours(1));
    }

    private async Task WarmTheViewAsync()
    {
        var view = await _world.Client.Children.FindAsync(_world.Project, "Files for SynapseFs", RequestPriority.Interactive, CancellationToken.None);
        await _world.Client.Tables.QueryAsync(
            view!, new TableQuery { Sql = $"SELECT id FROM {view}" }, TableCalls.RowsPart, RequestPriority.Interactive, CancellationToken.None);
    }

    private async Task<string> IndexAsync()
    {
        var made = await Command.RunAsync(ProgramFiles.Synapsefs, ["index", "--endpoint", _world.Endpoint, _world.Project], _world.Environment);
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        return made.Output;
    }

    private async Task<string> AddViewAsync(string name, IReadOnlyList<string> columns, string? scope = null, long mask = 1)
    {
        var usual = await _world.Client.Tables.GetViewColumnsAsync(1, RequestPriority.Interactive, CancellationToken.None);
        var ids = columns.Select(column => usual.First(known => known.Name == column).Id);
        var view = await _world.CreateAsync(new Entity
        {
            ConcreteType = SynapseTypes.EntityView,
            Name = name,
            Other = new Dictionary<string, JsonElement>
            {
                ["scopeIds"] = JsonSerializer.SerializeToElement(new[] { scope ?? _world.Project }),
                ["viewTypeMask"] = JsonSerializer.SerializeToElement(mask),
                ["columnIds"] = JsonSerializer.SerializeToElement(ids),
            },
        });
        return view.Id!;
    }

    private async Task<string> NewProjectAsync() => (await _world.Client.Entities.CreateAsync(
        new Entity { ConcreteType = SynapseTypes.Project, Name = "Elsewhere" }, RequestPriority.Interactive, CancellationToken.None)).Id!;

    private async Task AnnotateAsync(string id, string key, string value)
    {
        var annotations = await _world.Client.Annotations.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);
        var values = new Dictionary<string, AnnotationsValue> { [key] = new AnnotationsValue { Type = "STRING", Value = [value] } };
        await _world.Client.Annotations.UpdateAsync(id, annotations with { Values = values }, RequestPriority.Interactive, CancellationToken.None);
    }

    private async Task RenameAsync(string id, string name)
    {
        var entity = await _world.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);
        await _world.Client.Entities.UpdateAsync(entity with { Name = name }, VersionChange.Keep, RequestPriority.Interactive, CancellationToken.None);
    }

    private async Task PutAsync(string path, string json)
    {
        using var http = new HttpClient { BaseAddress = _world.Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", _world.Server.FirstUser.Token);
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PutAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    private async Task MountAsync(params string[] options) => _mount = await _world.MountAsync(options);

    private async Task<string> RefusedAsync(string view)
    {
        var mountpoint = _world.Directory("refused");
        var mount = await Command.RunAsync(
            ProgramFiles.Synapsefs,
            ["mount", "--foreground", "--endpoint", _world.Endpoint, "--cache-dir", _world.Directory("refused-cache"), "--view", view, _world.Project, mountpoint],
            _world.Environment);
        Assert.That(mount.ExitCode, Is.EqualTo(1), mount.Output);
        return mount.Error;
    }

    private async Task<string> ShellAsync(string line)
    {
        var done = await Command.ShellAsync($"cd {_mount!.Mountpoint} && {line}");
        Assert.That(done.ExitCode, Is.Zero, $"{done.Error}\n{_mount.Said}");
        return done.Output.TrimEnd('\n');
    }

    /// <summary>How many entities were asked about by themselves.</summary>
    private long Descriptions => _world.Server.Log.Totals.Routes.GetValueOrDefault("POST /repo/v1/entity/{id}/bundle2");

    private string Calls() => string.Join('\n', _world.Server.Log.Totals.Routes.Select(route => $"{route.Value} {route.Key}"));
}
