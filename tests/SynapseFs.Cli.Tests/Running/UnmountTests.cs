using System.Diagnostics;
using System.Text.Json;
using SynapseFs.Cli.Registry;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>What becomes of changes when a mount ends.</summary>
internal sealed class UnmountTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private WritingMount _mount = null!;

    [SetUp]
    public async Task Mount()
    {
        _mount = await WritingMount.StartAsync();
        await _mount.MountAsync("--settle", "1h");
    }

    [TearDown]
    public async Task EndWorld()
    {
        if (_mount is not null)
            await _mount.DisposeAsync();
    }

    [Test]
    public async Task Changes_are_sent_before_the_mount_ends()
    {
        await _mount.ShellAsync("echo x > new.txt");

        var unmounted = await _mount.UnmountAsync();

        Assert.That(unmounted.Text, Is.EqualTo($"Unmounted {_mount.Mountpoint}."));
        Assert.That(await _mount.World.ReadAsync("new.txt"), Is.EqualTo("x\n"));
        Assert.That((await _mount.World.RunAsync("status")).Text, Is.EqualTo("Nothing is mounted."));
    }

    [Test]
    public async Task With_now_they_are_kept_shown_and_sent_by_the_next_mount()
    {
        await _mount.ShellAsync("echo x > new.txt && rm hello.txt");

        var unmounted = await _mount.UnmountAsync("--now");
        var status = await _mount.World.RunAsync("status");
        var json = await _mount.StatusAsync();
        var doctor = await _mount.World.RunAsync("doctor", "--endpoint", _mount.World.Endpoint);

        Assert.That(unmounted.ExitCode, Is.Zero, unmounted.ToString());
        Assert.That(unmounted.Error, Does.Contain("2 changes (2 B) of ").And.Contain("are kept in ").And.Contain("synapsefs mount "));
        Assert.That(await _mount.World.ReadAsync("new.txt"), Is.Null);
        Assert.That(status.Lines[1], Is.EqualTo(unmounted.Error.Trim()["synapsefs: ".Length..]));
        Assert.That(json.GetProperty("unsent")[0].GetProperty("changes").GetInt32(), Is.EqualTo(2));
        Assert.That(doctor.Output, Does.Contain("unsent changes: 2 changes"));

        var mounted = await _mount.MountAsync();
        var waited = await _mount.WaitAsync(".");

        Assert.That(mounted.Error, Does.Contain("kept from before: sending goes on."));
        Assert.That(waited.ExitCode, Is.Zero, waited.ToString());
        Assert.That((await _mount.World.ReadAsync("new.txt"), await _mount.World.ReadAsync("hello.txt")), Is.EqualTo(("x\n", (string?)null)));
        await _mount.UnmountAsync();
        Assert.That((await _mount.World.RunAsync("status")).Text, Is.EqualTo("Nothing is mounted."));
    }

    [Test]
    public async Task What_is_blocked_is_named_kept_and_holds_nothing_up()
    {
        _mount.World.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", Status = 403, Reason = "Ask the owner." });
        await _mount.ShellAsync("echo x > new.txt && echo changed > hello.txt");

        var unmounted = await _mount.UnmountAsync();

        Assert.That(unmounted.ExitCode, Is.Zero, unmounted.ToString());
        Assert.That(unmounted.Error, Does.Contain($"{_mount["new.txt"]}: new file: ").And.Contain("Ask the owner.").And.Contain("1 change (2 B, 1 blocked)"));
        Assert.That(await _mount.World.ReadAsync("hello.txt"), Is.EqualTo("changed\n"));
    }

    [Test]
    public async Task When_Synapse_is_out_of_reach_nothing_is_waited_for_that_does_not_come()
    {
        await _mount.ShellAsync("echo x > hello.txt");
        _mount.World.Server.Faults.Add(new FaultRule { ResetAfter = 0 });

        var unmounted = await _mount.UnmountAsync("--patience", "1s");

        Assert.That(unmounted.ExitCode, Is.Zero, unmounted.ToString());
        Assert.That(unmounted.Error, Does.Contain("Synapse is out of reach").And.Contain("1 change (2 B) of "));
    }

    [Test]
    public async Task Under_maintenance_nothing_is_waited_for_either()
    {
        await _mount.ShellAsync("echo x > hello.txt");
        _mount.World.Server.SetState(StackState.ReadOnly, "Back at noon.");

        var unmounted = await _mount.UnmountAsync("--patience", "1s");

        Assert.That(unmounted.ExitCode, Is.Zero, unmounted.ToString());
        Assert.That(unmounted.Error, Does.Contain("Synapse is out of reach or in trouble").And.Contain("1 change (2 B) of "));
    }

    [Test]
    public async Task Ctrl_C_while_it_waits_leaves_the_mount_as_it_is()
    {
        _mount.World.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", Delay = TimeSpan.FromMinutes(2) });
        await _mount.ShellAsync("echo x > new.txt");
        var start = Command.StartInfo("env", ["--default-signal=INT", ProgramFiles.Synapsefs, "unmount", _mount.Mountpoint], _mount.World.Environment());
        using var unmount = Process.Start(start)!;
        Assert.That(await Eventually.HoldsAsync(async () => (await PendingStateAsync()) == "sending", Patience), Is.True);

        await Command.ShellAsync($"kill -INT {unmount.Id}");
        await unmount.WaitForExitAsync().WaitAsync(Patience);

        Assert.That(unmount.ExitCode, Is.EqualTo(1));
        Assert.That(await unmount.StandardError.ReadToEndAsync(), Does.Contain("is still mounted").And.Contain("unmount --now"));
        Assert.That((await _mount.ShellAsync("cat new.txt")).Text, Is.EqualTo("x"));
    }

    [Test]
    public async Task A_program_that_still_writes_is_not_waited_for_but_told()
    {
        using var writer = Process.Start(Command.StartInfo("bash", ["-c", $"exec 3> '{_mount["open.txt"]}'; echo begun >&3; echo ready; read"], null))!;
        await writer.StandardOutput.ReadLineAsync();

        var unmounted = await _mount.UnmountAsync();
        writer.StandardInput.Close();
        await writer.WaitForExitAsync();

        Assert.That(unmounted.ExitCode, Is.EqualTo(1));
        Assert.That(unmounted.Error, Does.Contain("is in use"));
        Assert.That(Machine.IsMounted(_mount.Mountpoint), Is.True);
    }

    [Test]
    public async Task What_a_killed_mount_left_is_shown_and_sent_by_the_next()
    {
        var pid = (await _mount.StatusAsync()).GetProperty("mounts")[0].GetProperty("pid").GetInt32();

        await _mount.ShellAsync($"echo x > new.txt; kill -KILL {pid}");
        Assert.That(await Eventually.HoldsAsync(() => ProcessTable.StartOf(pid) is null, Patience), Is.True);
        var told = await _mount.World.RunAsync("status");
        var cleared = await _mount.UnmountAsync();
        await _mount.MountAsync();
        await _mount.WaitAsync(".");
        await _mount.UnmountAsync();

        Assert.That(told.Text, Does.Contain("1 change (2 B) of "));
        Assert.That(cleared.Text, Does.StartWith("Cleared"));
        Assert.That(cleared.Error, Does.Contain("1 change (2 B) of "));
        Assert.That(await _mount.World.ReadAsync("new.txt"), Is.EqualTo("x\n"));
        Assert.That((await _mount.World.RunAsync("status")).Text, Does.Not.Contain("change"));
    }

    [Test]
    public async Task A_signal_waits_for_nothing_and_the_rest_is_kept()
    {
        await _mount.ShellAsync("echo x > new.txt");
        var pid = (await _mount.StatusAsync()).GetProperty("mounts")[0].GetProperty("pid").GetInt32();

        await Command.ShellAsync($"kill -TERM {pid}");
        Assert.That(await Eventually.HoldsAsync(() => ProcessTable.StartOf(pid) is null, Patience), Is.True);

        Assert.That((await _mount.World.RunAsync("status")).Lines[1], Does.StartWith("1 change (2 B) of "));
        Assert.That(await _mount.World.ReadAsync("new.txt"), Is.Null);
    }

    [Test]
    public async Task A_mount_that_sends_nothing_is_not_waited_for()
    {
        await _mount.ShellAsync("echo x > new.txt");
        await _mount.UnmountAsync("--now");
        await _mount.MountAsync("--offline");

        var waited = await _mount.WaitAsync(".");
        var unmounted = await _mount.UnmountAsync();

        Assert.That(waited.ExitCode, Is.EqualTo(1));
        Assert.That(waited.Error, Does.Contain("is mounted with --offline, so nothing is sent"));
        Assert.That(unmounted.ExitCode, Is.Zero, unmounted.ToString());
        Assert.That(unmounted.Error, Does.Contain("1 change (2 B) of "));
    }

    private async Task<string?> PendingStateAsync() => (await _mount.StatusAsync()).GetProperty("mounts")[0] is var mount &&
        mount.TryGetProperty("pendingItems", out var items) && items.ValueKind == JsonValueKind.Array && items.GetArrayLength() > 0
            ? items[0].GetProperty("state").GetString()
            : null;
}
