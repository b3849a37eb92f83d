using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>
/// People's programs, on the mount and on a local disk: they must print the same and leave the same behind, and in the end the server
/// has what the mount shows.
/// </summary>
[TestFixture]
internal sealed class ToolTests
{
    private World _world = null!;
    private Mount _mount = null!;
    private int _runs;

    [OneTimeSetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _mount = await _world.MountAsync("--settle", "200ms");
    }

    [OneTimeTearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public Task Git_clones_commits_merges_packs_and_finds_nothing_wrong() => SameAsync(Tools.Git);

    [Test]
    public Task Rsync_copies_once_and_then_has_nothing_to_do() => SameAsync(Tools.Rsync);

    [Test]
    public Task Tar_packs_and_unpacks_the_same_tree() => SameAsync(Tools.Tar);

    [Test]
    public Task Trees_are_copied_moved_and_removed() => SameAsync(Tools.Copying);

    [Test]
    public Task Filters_change_files_in_place_and_anew() => SameAsync(Tools.Streams);

    [Test]
    public Task Sqlite_keeps_a_database_with_a_rollback_journal() => SameAsync(Tools.SqliteRollback);

    [Test]
    public Task Sqlite_keeps_a_database_with_a_write_ahead_log() => SameAsync(Tools.SqliteLog);

    [Test]
    public Task Python_writes_replaces_maps_and_moves() => SameAsync(Tools.Python);

    [Test]
    public Task Pandas_writes_tables() => SameAsync(Tools.Pandas);

    [Test]
    public Task R_writes_tables_and_objects() => SameAsync(Tools.R);

    [Test]
    public Task LibreOffice_converts_documents() => SameAsync(Tools.LibreOffice);

    [Test]
    public Task Fio_verifies_what_it_wrote_by_calls() => SameAsync(Tools.FioSync);

    [Test]
    public Task Fio_verifies_what_it_wrote_through_a_map() => SameAsync(Tools.FioMap);

    [Test]
    public Task Stressors_of_filesystems_find_nothing_wrong() => SameAsync(Tools.Stress);

    private async Task SameAsync(Tool tool)
    {
        await ToolRun.RequireAsync(tool);
        using var local = new TemporaryDirectory();
        var directory = $"run-{++_runs}";

        var there = await ToolRun.StartAsync(tool, local.Combine("run"));
        var here = await ToolRun.StartAsync(tool, _mount[directory]);
        await _mount.WaitAsync(directory);

        Assert.That(there.Result.ExitCode, Is.Zero, there.Result.ToString());
        Assert.That(here.Result.ExitCode, Is.Zero, $"{here.Result}\n{_mount.Said}");
        Assert.That(here.Result.Output, Is.EqualTo(there.Result.Output));
        Assert.That(here.Tree, Is.EqualTo(there.Tree));
        Assert.That(await SentCheck.DifferencesAsync(_world, _mount, directory), Is.Empty);
    }
}
