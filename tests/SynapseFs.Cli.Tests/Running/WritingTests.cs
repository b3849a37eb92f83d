using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>What the options of mount make of writing.</summary>
internal sealed class WritingTests
{
    private WritingMount _mount = null!;

    [SetUp]
    public async Task StartWorld() => _mount = await WritingMount.StartAsync();

    [TearDown]
    public async Task EndWorld()
    {
        if (_mount is not null)
            await _mount.DisposeAsync();
    }

    [Test]
    public async Task Who_is_signed_in_writes()
    {
        var mounted = await _mount.MountAsync();
        await _mount.ShellAsync("echo new > new.txt && echo changed > hello.txt");

        Assert.That(mounted.Text, Does.Contain(" mounted at "));
        Assert.That(await _mount.WaitAsync("."), Has.Property("ExitCode").Zero);
        Assert.That((await _mount.World.ReadAsync("new.txt"), await _mount.World.ReadAsync("hello.txt")), Is.EqualTo(("new\n", "changed\n")));
        Assert.That((await _mount.StatusAsync()).GetProperty("mounts")[0].GetProperty("readOnly").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Who_asks_for_reading_only_gets_that()
    {
        var mounted = await _mount.MountAsync("--read-only");
        var written = await _mount.ShellAsync("echo x > new.txt");

        Assert.That(mounted.Text, Does.Contain(" mounted read-only at "));
        Assert.That(mounted.Error, Is.Empty);
        Assert.That(written.Error, Does.Contain("Read-only file system"));
        Assert.That((await _mount.StatusAsync()).GetProperty("mounts")[0].GetProperty("readOnly").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Who_is_not_signed_in_reads_only_and_is_told_how_to_write()
    {
        await _mount.World.PublishAsync();

        var mounted = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["mount", "--endpoint", _mount.World.Endpoint, _mount.World.ProjectId, _mount.Mountpoint], _mount.World.Environment(token: ""));

        Assert.That(mounted.ExitCode, Is.Zero, mounted.ToString());
        Assert.That(mounted.Text, Does.Contain(" mounted read-only at "));
        Assert.That(mounted.Error, Does.Contain("You are not signed in").And.Contain("synapsefs login"));
        Assert.That((await _mount.ShellAsync("touch new.txt")).Error, Does.Contain("Read-only file system"));
    }

    [TestCase("+*.tmp", "local: by its name", "local: by its name")]
    [TestCase("*.tmp", "local: by its name", "queued")]
    [TestCase("", "queued", "queued")]
    public async Task Names_stay_local_by_the_list(string names, string ofTemporary, string ofBackup)
    {
        await _mount.MountAsync("--local-names", names, "--settle", "1h");

        var states = await _mount.ShellAsync(
            "echo x > a.tmp && echo x > a.swp && getfattr --only-values -n user.synapse.state a.tmp && echo && getfattr --only-values -n user.synapse.state a.swp");

        Assert.That(states.Lines, Is.EqualTo(new[] { ofTemporary, ofBackup }));
    }

    [Test]
    public async Task Names_that_Synapse_does_not_take_are_refused_or_spelt_otherwise()
    {
        await _mount.MountAsync();
        Assert.That((await _mount.ShellAsync("echo x > 'a:b'")).Error, Does.Contain("Invalid argument"));
        await _mount.UnmountAsync();

        await _mount.MountAsync("--names", "escape");
        Assert.That((await _mount.ShellAsync("echo x > 'a:b' && ls")).Lines, Does.Contain("a:b"));
        Assert.That(await _mount.WaitAsync("a:b"), Has.Property("ExitCode").Zero);
        Assert.That(await _mount.World.ReadAsync("a(x3A)b"), Is.EqualTo("x\n"));
    }

    [Test]
    public async Task With_sync_remote_a_program_that_syncs_waits_for_Synapse()
    {
        await _mount.MountAsync("--sync", "remote", "--settle", "1h");

        var synced = await _mount.ShellAsync("python3 -c 'import os; f = open(\"f\", \"w\"); f.write(\"safe\"); f.flush(); os.fsync(f.fileno())'");

        Assert.That(synced.ExitCode, Is.Zero, synced.ToString());
        Assert.That(await _mount.World.ReadAsync("f"), Is.EqualTo("safe"));
    }

    [Test]
    public async Task What_was_deleted_stands_in_the_trash_and_comes_back()
    {
        await _mount.MountAsync();
        await _mount.ShellAsync("rm hello.txt");
        await _mount.WaitAsync(".");

        var listed = await _mount.World.RunAsync("trash", "list", "--endpoint", _mount.World.Endpoint);
        await _mount.World.RunAsync("trash", "restore", _mount.World.FileId, "--endpoint", _mount.World.Endpoint);

        Assert.That(listed.Lines[1], Does.StartWith($"{_mount.World.FileId}\thello.txt\tfile"));
        Assert.That(await _mount.World.ReadAsync("hello.txt"), Is.EqualTo("hello\n"));
    }
}
