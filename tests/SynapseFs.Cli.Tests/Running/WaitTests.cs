using System.Text.Json;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>Waiting for Synapse, and seeing what is waited for.</summary>
internal sealed class WaitTests
{
    private static readonly FaultRule NoNewEntities = new() { Method = "POST", Path = "/repo/v1/entity", Status = 403, Reason = "Ask the owner." };

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
    public async Task A_wait_returns_when_Synapse_has_the_file()
    {
        await _mount.ShellAsync("echo x > new.txt");
        Assert.That(await _mount.World.ReadAsync("new.txt"), Is.Null);

        var waited = await _mount.WaitAsync("new.txt");

        Assert.That(waited.ExitCode, Is.Zero, waited.ToString());
        Assert.That(waited.Output + waited.Error, Is.Empty);
        Assert.That(await _mount.World.ReadAsync("new.txt"), Is.EqualTo("x\n"));
    }

    [Test]
    public async Task Every_mount_is_waited_for_with_all()
    {
        await _mount.ShellAsync("mkdir d && echo x > d/new.txt && echo x > other.txt");

        var waited = await _mount.World.RunAsync("wait", "--all");

        Assert.That(waited.ExitCode, Is.Zero, waited.ToString());
        Assert.That(await _mount.World.ReadAsync("other.txt"), Is.EqualTo("x\n"));
        Assert.That((await _mount.StatusAsync()).GetProperty("mounts")[0].GetProperty("pending").GetProperty("waiting").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task A_path_may_be_relative_or_lead_through_links()
    {
        var outside = _mount.World.Combine("link to d");
        await _mount.ShellAsync($"mkdir d && ln -s '{_mount["d"]}' '{outside}'");

        foreach (var (number, wait) in new[] { "wait d/new1", "wait .", $"wait '{outside}/new3'", $"wait '{outside}'", "wait d/" }.Index())
        {
            var name = $"new{number + 1}";
            var waited = await _mount.ShellAsync($"echo x > d/{name} && '{ProgramFiles.Synapsefs}' {wait} && getfattr --only-values -n user.synapse.state d/{name}");

            Assert.That(waited.Text, Is.EqualTo("synced"), wait);
        }
    }

    [Test]
    public async Task What_does_not_exist_or_is_not_mounted_is_told_apart()
    {
        var missing = await _mount.WaitAsync("missing");
        var outside = await _mount.World.RunAsync("wait", _mount.World.Combine("run"));

        Assert.That((missing.ExitCode, outside.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(missing.Error, Does.Contain("missing does not exist"));
        Assert.That(outside.Error, Does.Contain("does not lie in a mount"));
    }

    [Test]
    public async Task What_is_blocked_ends_the_wait_with_its_reason_and_is_tried_again_by_the_next()
    {
        _mount.World.Server.Faults.Add(NoNewEntities);
        await _mount.ShellAsync("echo x > new.txt && echo changed > hello.txt");

        var blocked = await _mount.WaitAsync(".");
        var status = await _mount.World.RunAsync("status");
        var unconcerned = await _mount.WaitAsync("hello.txt");
        _mount.World.Server.Faults.Clear();
        var again = await _mount.WaitAsync("new.txt");

        Assert.That(blocked.ExitCode, Is.EqualTo(1));
        Assert.That(blocked.Output, Does.StartWith($"{_mount["new.txt"]}: new file: ").And.Contain("Ask the owner."));
        Assert.That(status.Output, Does.Contain("1 (2 B), 1 blocked").And.Contain($"{_mount["new.txt"]}: new file: "));
        Assert.That((unconcerned.ExitCode, again.ExitCode), Is.EqualTo((0, 0)), $"{unconcerned}{again}");
        Assert.That(await _mount.World.ReadAsync("new.txt"), Is.EqualTo("x\n"));
    }

    [Test]
    public async Task A_wait_gives_up_after_its_time()
    {
        _mount.World.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", Delay = TimeSpan.FromMinutes(1) });
        await _mount.ShellAsync("echo x > new.txt");

        var waited = await _mount.World.RunAsync("wait", "--timeout", "1500ms", _mount["new.txt"]);

        Assert.That(waited.ExitCode, Is.EqualTo(1));
        Assert.That(waited.Error, Does.Contain("Not done after 1500ms: Sending 1 change"));
    }

    [Test]
    public async Task What_stays_local_is_said_and_not_waited_for()
    {
        await _mount.ShellAsync("touch empty && mkdir d && echo x > 'd/x~'");

        var all = await _mount.WaitAsync(".");
        var below = await _mount.WaitAsync("d");

        Assert.That((all.ExitCode, below.ExitCode), Is.EqualTo((0, 0)), $"{all}{below}");
        Assert.That(all.Error, Does.Contain("2 names stay on this machine only"));
        Assert.That(below.Error, Does.Contain("1 name stays on this machine only"));
    }

    [Test]
    public async Task Status_lists_the_changes_that_wait()
    {
        await _mount.ShellAsync("echo new > new.txt && rm hello.txt && touch empty");

        var shown = await _mount.World.RunAsync("status", "--pending");
        var mount = (await _mount.StatusAsync()).GetProperty("mounts")[0];

        Assert.That(shown.Lines[1].Split('\t')[3], Is.EqualTo("2 (4 B)"));
        Assert.That(shown.Lines[2], Is.EqualTo("PATH\tWHAT\tSTATE\tSINCE\tREASON"));
        Assert.That(shown.Output, Does.Contain($"{_mount["new.txt"]}\tnew file\twaiting\t").And.Contain($"{_mount["hello.txt"]}\tdelete\twaiting\t")
            .And.Contain($"{_mount["empty"]}\tnew file\tstays local\t"));
        Assert.That(mount.GetProperty("pending").GetRawText(), Does.Contain("\"localOnly\": 1"));
        Assert.That(mount.GetProperty("pendingItems").EnumerateArray().Select(State), Is.EquivalentTo(new[] { "queued", "queued", "localOnly" }));

        static string? State(JsonElement item) => item.GetProperty("state").GetString();
    }
}
