using System.Text.Json;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Mounts that come, go, crash and come back.</summary>
[TestFixture]
internal sealed class LifecycleTests
{
    private World _world = null!;

    [SetUp]
    public async Task Start_a_world()
    {
        _world = await World.StartAsync();
        await _world.AddFileAsync("a.txt", "a\n"u8.ToArray());
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task After_a_kill_the_same_directory_mounts_again()
    {
        var killed = await _world.MountAsync();
        await Command.ShellAsync($"cat {killed["a.txt"]}");
        await killed.KillAsync();
        Assert.That((await Command.ShellAsync($"ls {killed.Mountpoint}")).Error, Does.Contain("Transport endpoint is not connected"));

        await using var again = await _world.MountAsync();

        Assert.That((await Command.ShellAsync($"cat {again["a.txt"]}")).Text, Is.EqualTo("a"));
    }

    [Test]
    public async Task Unmount_clears_what_a_kill_left_behind()
    {
        var killed = await _world.MountAsync();
        await killed.KillAsync();

        var unmount = await Command.RunAsync(ProgramFiles.Synapsefs, ["unmount", killed.Mountpoint], _world.Environment);

        Assert.That(unmount.ExitCode, Is.Zero, unmount.ToString());
        Assert.That(Mount.IsMounted(killed.Mountpoint), Is.False);
    }

    [Test]
    public async Task A_mount_in_the_background_is_ready_when_the_command_returns_and_status_shows_it()
    {
        var mountpoint = _world.Directory("background");
        var mounted = await Command.RunAsync(
            ProgramFiles.Synapsefs,
            ["mount", "--endpoint", _world.Endpoint, "--cache-dir", _world.Directory("cache"), _world.Project, mountpoint], _world.Environment);
        try
        {
            Assert.That(mounted.ExitCode, Is.Zero, mounted.ToString());
            Assert.That(await File.ReadAllTextAsync(Path.Combine(mountpoint, "a.txt")), Is.EqualTo("a\n"));

            var status = await Command.RunAsync(ProgramFiles.Synapsefs, ["status", "--json"], _world.Environment);

            using var json = JsonDocument.Parse(status.Text);
            var mount = json.RootElement.GetProperty("mounts").EnumerateArray().Single();
            Assert.That(mount.GetProperty("mountpoint").GetString(), Is.EqualTo(mountpoint));
            Assert.That(mount.GetProperty("source").GetString(), Is.EqualTo(_world.Project));
            Assert.That(Directory.Exists($"/proc/{mount.GetProperty("pid").GetInt32()}"));
            Assert.That(status.Text, Does.Not.Contain(_world.Server.FirstUser.Token));
        }
        finally
        {
            var unmounted = await Command.RunAsync(ProgramFiles.Synapsefs, ["unmount", mountpoint], _world.Environment);
            Assert.That(unmounted.ExitCode, Is.Zero, unmounted.ToString());
        }

        var after = await Command.RunAsync(ProgramFiles.Synapsefs, ["status", "--json"], _world.Environment);
        Assert.That(JsonDocument.Parse(after.Text).RootElement.GetProperty("mounts").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_server_that_dies_leaves_everything_known_readable_and_the_rest_fails_quickly()
    {
        await _world.AddFileAsync("never-read", World.Bytes(1_000_000));
        await using var mount = await _world.MountAsync("--metadata-ttl", "1s");
        await Command.ShellAsync($"ls -l {mount.Mountpoint} && cat {mount["a.txt"]}");

        await _world.Server.DisposeAsync();

        Assert.That((await Command.ShellAsync($"cat {mount["a.txt"]}")).Text, Is.EqualTo("a"));
        Assert.That((await Command.ShellAsync($"ls {mount.Mountpoint}")).Lines, Is.EqualTo(new[] { "a.txt", "never-read" }));
        var unread = await Command.ShellAsync($"timeout 30 cat {mount["never-read"]}");
        Assert.That(unread.ExitCode, Is.EqualTo(1), unread.ToString());
        Assert.That(unread.Error, Does.Match("Network is unreachable|Input/output error"));
    }

    [Test]
    public async Task An_ordinary_user_mounts_through_fusermount3()
    {
        var isRoot = Environment.UserName == "root";
        var user = isRoot ? "synapsefs-tester" : Environment.UserName;
        if (isRoot)
            await Command.ShellAsync($"chmod 666 /dev/fuse; id {user} || useradd --create-home {user}");
        using var home = new TemporaryDirectory();
        var program = await ProgramFiles.CopySynapsefsAsync(home.Path);
        var mountpoint = home.Combine("mnt");
        Directory.CreateDirectory(mountpoint);
        await Command.ShellAsync($"chown -R {user} {home}");
        var line = $"cd {home} && {program} mount --endpoint {_world.Endpoint} --cache-dir {home}/cache {_world.Project} {mountpoint} "
            + $"&& cat {mountpoint}/a.txt && stat -c %U {mountpoint}/a.txt && {program} unmount {mountpoint}";

        var result = await Command.RunAsync(
            isRoot ? "runuser" : "env", isRoot ? ["-u", user, "--", "bash", "-c", line] : ["bash", "-c", line],
            new Dictionary<string, string>
            {
                ["SYNAPSE_AUTH_TOKEN"] = _world.Server.FirstUser.Token,
                ["HOME"] = home.Path,
                ["XDG_RUNTIME_DIR"] = home.Path,
            });

        Assert.That(result.Lines, Is.SupersetOf(new[] { "a", user }), result.ToString());
    }
}
