using System.Diagnostics;
using System.Text.Json;
using SynapseFs.Cli.Registry;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>Real mounts in processes of their own, from the first line to the last.</summary>
internal sealed class MountTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private World _world = null!;
    private string _mountpoint = "";

    [SetUp]
    public async Task StartWorld()
    {
        Machine.RequireFuse();
        _world = await World.StartAsync();
        _mountpoint = _world.MakeDirectory("mnt with blank");
    }

    [TearDown]
    public async Task EndWorld()
    {
        if (_world is null)
            return;
        if (Machine.IsMounted(_mountpoint))
            await _world.RunAsync("unmount", "--lazy", _mountpoint);
        await _world.DisposeAsync();
    }

    [Test]
    public async Task A_mount_works_when_the_command_returns_and_its_process_is_gone_when_unmount_returns()
    {
        var mounted = await _world.MountAsync(World.ProjectName, _mountpoint);
        var read = await Command.ShellAsync($"cat '{_mountpoint}/hello.txt'");
        var status = await StatusAsync();

        Assert.That(mounted.Text, Does.Contain(_world.ProjectId).And.Contain(_mountpoint));
        Assert.That(read.Text, Is.EqualTo("hello"));
        Assert.That(status.GetProperty("mountpoint").GetString(), Is.EqualTo(_mountpoint));
        Assert.That(status.GetProperty("source").GetString(), Is.EqualTo(_world.ProjectId));
        Assert.That(status.GetProperty("online").GetBoolean(), Is.True);
        Assert.That(status.GetProperty("cachedBytes").GetInt64(), Is.EqualTo(6));

        var unmounted = await _world.RunAsync("unmount", _mountpoint);

        Assert.That(unmounted.ExitCode, Is.Zero, unmounted.ToString());
        Assert.That(ProcessTable.StartOf(status.GetProperty("pid").GetInt32()), Is.Null);
        Assert.That((await _world.RunAsync("status")).Text, Is.EqualTo("Nothing is mounted."));
    }

    [Test]
    public async Task Neither_arguments_nor_log_hold_the_token()
    {
        await Mounted();
        var status = await StatusAsync();

        var arguments = await File.ReadAllTextAsync($"/proc/{status.GetProperty("pid").GetInt32()}/cmdline");
        var log = status.GetProperty("logFile").GetString()!;

        Assert.That(arguments, Does.Contain("--serving").And.Not.Contain(_world.FirstToken));
        Assert.That(await File.ReadAllTextAsync(log), Does.Not.Contain(_world.FirstToken));
        Assert.That(File.GetUnixFileMode(log), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_second_mount_at_the_same_place_and_one_on_the_same_cache_are_refused()
    {
        await Mounted();

        var samePlace = await _world.MountAsync(_world.ProjectId, _mountpoint);
        var sameCache = await _world.MountAsync(_world.ProjectId, _world.MakeDirectory("other"));

        Assert.That((samePlace.ExitCode, sameCache.ExitCode), Is.EqualTo((1, 1)), $"{samePlace}{sameCache}");
        Assert.That(samePlace.Error, Does.Contain("already"));
        Assert.That(sameCache.Error, Does.Contain("--cache-dir"));
    }

    [Test]
    public async Task A_cache_directory_inside_a_mount_is_refused()
    {
        await Mounted();

        var other = _world.MakeDirectory("other");
        var refused = await _world.MountAsync(_world.ProjectId, other, "--cache-dir", Path.Combine(_mountpoint, "cache"));

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Error, Does.Contain($"lies in the mount at {_mountpoint}"));
        Assert.That(Directory.Exists(Path.Combine(_mountpoint, "cache")), Is.False);
    }

    [TestCase("TERM")]
    [TestCase("INT")]
    public async Task A_signal_ends_the_mount_and_leaves_nothing_behind(string signal)
    {
        // A background job's children inherit an ignored SIGINT, and whoever runs the tests may be one.
        var mounted = await Command.RunAsync(
            "env", ["--default-signal=INT", ProgramFiles.Synapsefs, "mount", "--endpoint", _world.Endpoint, _world.ProjectId, _mountpoint], _world.Environment());
        Assert.That(mounted.ExitCode, Is.Zero, mounted.ToString());
        var pid = (await StatusAsync()).GetProperty("pid").GetInt32();

        await Command.ShellAsync($"kill -{signal} {pid}");

        Assert.That(await Eventually.HoldsAsync(() => ProcessTable.StartOf(pid) is null, Patience), Is.True);
        Assert.That(Machine.IsMounted(_mountpoint), Is.False);
        Assert.That(Directory.GetFiles(_world.Combine("run", "synapsefs")), Is.Empty);
    }

    [Test]
    public async Task A_killed_mount_is_shown_as_stale_and_cleared_by_unmount()
    {
        await Mounted();
        await Command.ShellAsync($"kill -KILL {(await StatusAsync()).GetProperty("pid").GetInt32()}");
        Assert.That(await Eventually.HoldsAsync(async () => (await StatusAsync()).GetProperty("state").GetString() == "stale", Patience), Is.True);

        var status = await _world.RunAsync("status");
        var unmounted = await _world.RunAsync("unmount", _mountpoint);

        Assert.That(status.Text, Does.Contain($"synapsefs unmount '{_mountpoint}'"));
        Assert.That(unmounted.Text, Does.StartWith("Cleared"));
        Assert.That(Machine.IsMounted(_mountpoint), Is.False);
    }

    [Test]
    public async Task The_next_mount_clears_what_a_killed_one_left()
    {
        await Mounted();
        await Command.ShellAsync($"kill -KILL {(await StatusAsync()).GetProperty("pid").GetInt32()}");

        await Mounted();

        Assert.That((await Command.ShellAsync($"cat '{_mountpoint}/hello.txt'")).Text, Is.EqualTo("hello"));
    }

    [Test]
    public async Task Offline_shows_what_the_last_mount_knew()
    {
        await Mounted();
        await Command.ShellAsync($"ls '{_mountpoint}' && cat '{_mountpoint}/hello.txt'");
        await _world.RunAsync("unmount", _mountpoint);

        await Mounted("--offline");

        Assert.That((await Command.ShellAsync($"ls '{_mountpoint}' && cat '{_mountpoint}/hello.txt'")).Lines, Is.EqualTo(new[] { "hello.txt", "hello" }));
        Assert.That((await StatusAsync()).GetProperty("online").GetBoolean(), Is.False);
    }

    [Test]
    public async Task A_damaged_database_is_set_aside_rebuilt_and_said()
    {
        var cache = _world.Combine("cache");
        await Mounted("--cache-dir", cache);
        await _world.RunAsync("unmount", _mountpoint);
        await File.WriteAllTextAsync(Path.Combine(cache, "state.db"), new string('x', 8192));

        var mounted = await _world.MountAsync(_world.ProjectId, _mountpoint, "--cache-dir", cache);

        Assert.That(mounted.ExitCode, Is.Zero, mounted.ToString());
        Assert.That(mounted.Error, Does.Contain("state.db").And.Contain("damaged"));
        Assert.That((await Command.ShellAsync($"cat '{_mountpoint}/hello.txt'")).Text, Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_foreground_mount_ends_with_whoever_unmounts_it()
    {
        using var process = Process.Start(new ProcessStartInfo(
            ProgramFiles.Synapsefs, ["mount", "--foreground", "--endpoint", _world.Endpoint, _world.ProjectId, _mountpoint])
        {
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = _world.Combine(), ["SYNAPSE_AUTH_TOKEN"] = _world.FirstToken, ["XDG_RUNTIME_DIR"] = _world.MakeDirectory("run") },
        })!;

        var line = await process.StandardOutput.ReadLineAsync();
        await Command.ShellAsync($"umount '{_mountpoint}' 2>/dev/null || fusermount3 -u '{_mountpoint}'");
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.That(line, Does.Contain(" mounted at ").And.Contain("Ctrl-C"));
        Assert.That(process.ExitCode, Is.Zero);
    }

    private async Task Mounted(params string[] options)
    {
        var result = await _world.MountAsync([_world.ProjectId, _mountpoint, .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    private async Task<JsonElement> StatusAsync()
    {
        using var json = JsonDocument.Parse((await _world.RunAsync("status", "--json")).Text);
        return json.RootElement.GetProperty("mounts").EnumerateArray().Single().Clone();
    }
}
