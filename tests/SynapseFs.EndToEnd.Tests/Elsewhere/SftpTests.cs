using SynapseFs.Api;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Elsewhere;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Remote;
using static SynapseFs.EndToEnd.Tests.Elsewhere.ElsewhereWorld;

namespace SynapseFs.EndToEnd.Tests.Elsewhere;

/// <summary>Files at an SFTP server, through the real mount and against OpenSSH's own server.</summary>
[TestFixture]
internal sealed class SftpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private World _world = null!;
    private SshServer _server = null!;

    [OneTimeSetUp]
    public void Require_the_server()
    {
        if (SshServer.WhyNone is { } why)
            Assert.Ignore(why);
    }

    [SetUp]
    public async Task Serve()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _server = await SshServer.StartAsync();
        _world.Trust(_server);
        _world.KnowPassword(_server, SshServer.Password);
    }

    [TearDown]
    public async Task Stop()
    {
        await _world.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Of_a_file_at_an_SFTP_server_only_what_is_read_is_fetched()
    {
        var bytes = World.Bytes(40_000_003, 5);
        await _world.AddExternalAsync("far.bin", await _server.AddAsync("a name with blanks.bin", bytes), bytes.Length, Md5(bytes));
        await using var mount = await _world.MountAsync();

        var part = await Command.ShellAsync($"dd if={mount["far.bin"]} bs=1000 skip=30000 count=1 status=none | md5sum");

        Assert.That(part.Text, Does.StartWith(Md5(bytes[30_000_000..30_001_000])));
        Assert.That((await _world.StatusAsync(mount)).GetProperty("cachedBytes").GetInt64(), Is.InRange(1_000, 10_000_000));
        Assert.That((await Command.RunAsync("md5sum", [mount["far.bin"]])).Text, Does.StartWith(Md5(bytes)));
    }

    [Test]
    public async Task A_length_that_Synapse_does_not_know_is_asked_of_the_server_that_has_the_file()
    {
        var bytes = World.Bytes(3_000_001, 6);
        await _world.AddExternalAsync("far.bin", await _server.AddAsync("far.bin", bytes));
        await using var mount = await _world.MountAsync();

        Assert.That((await Command.RunAsync("stat", ["-c", "%s", mount["far.bin"]])).Text, Is.EqualTo("3000001"));
        Assert.That(await File.ReadAllBytesAsync(mount["far.bin"]), Is.EqualTo(bytes));
    }

    [Test]
    public async Task New_files_and_versions_go_to_the_SFTP_server_that_the_project_names()
    {
        await _world.StoreAtAsync(_server);
        _world.KnowKey(_server);
        await using var mount = await _world.MountAsync("--settle", "100ms");
        var first = World.Bytes(5_000_001, 7);
        await WriteAsync(mount, "made here (1).bin", first);
        await mount.WaitAsync();
        var second = World.Bytes(9_000_001, 8);
        await WriteAsync(mount, "made here (1).bin", second);
        await mount.WaitAsync();

        var handle = await _world.HandleAsync("made here (1).bin");
        var things = (await RemoteTree.ReadAsync(_world.Client, _world.Project)).Things;

        Assert.That(handle.ConcreteType, Is.EqualTo(SynapseTypes.ExternalFileHandle));
        Assert.That((handle.ContentMd5, handle.ContentSize), Is.EqualTo((Md5(second), (long)second.Length)));
        Assert.That(handle.ExternalURL, Does.StartWith($"{_server.Address}{_server.Files}/World/").And.EndsWith("/made%20here%20%281%29.bin"));
        Assert.That(await File.ReadAllBytesAsync(Uri.UnescapeDataString(new Uri(handle.ExternalURL!).AbsolutePath)), Is.EqualTo(second));
        Assert.That(things["made here (1).bin"].Versions, Has.Count.EqualTo(2));
        Assert.That(Leftovers(), Is.Empty);
        await using var other = await _world.MountSourceAsync(_world.Project, "other");
        Assert.That(await File.ReadAllBytesAsync(other["made here (1).bin"]), Is.EqualTo(second));
        Assert.That(await File.ReadAllBytesAsync(other[".synapse/of/made here (1).bin/versions/1/made here (1).bin"]), Is.EqualTo(first));
    }

    [Test]
    public async Task A_copy_of_a_file_at_an_SFTP_server_moves_no_bytes_there_either()
    {
        await _world.StoreAtAsync(_server);
        await using var mount = await _world.MountAsync("--settle", "100ms");
        await WriteAsync(mount, "one.bin", World.Bytes(1_000_001, 14));
        await mount.WaitAsync();

        _ = (await Command.RunAsync("cp", [mount["one.bin"], mount["two.bin"]])).Text;
        await mount.WaitAsync();

        Assert.That((await _world.HandleAsync("two.bin")).ExternalURL, Is.EqualTo((await _world.HandleAsync("one.bin")).ExternalURL));
        Assert.That(new DirectoryInfo(_server.Files).EnumerateFiles("*", SearchOption.AllDirectories).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_password_is_told_and_the_right_one_counts_at_once()
    {
        var bytes = World.Bytes(100_000, 9);
        await _world.AddExternalAsync("far.bin", await _server.AddAsync("far.bin", bytes), bytes.Length);
        await _world.StoreAtAsync(_server);
        _world.KnowPassword(_server, "not this one");
        await using var mount = await _world.MountAsync("--settle", "100ms");

        var refused = await Command.RunAsync("cat", [mount["far.bin"]]);
        await WriteAsync(mount, "new.bin", bytes);
        var isBlocked = await Eventually.HoldsAsync(
            async () => (await mount.StateAsync("new.bin")).StartsWith("blocked", StringComparison.Ordinal), Patience);
        var status = await _world.SaidByStatusAsync();

        Assert.That(refused.Error, Does.Contain("Permission denied"));
        Assert.That(isBlocked, await mount.StateAsync("new.bin"));
        Assert.That(await mount.StateAsync("new.bin"), Does.Contain("does not let 'keeper' in"));
        Assert.That(status, Does.Contain("does not let 'keeper' in").And.Contain("section [sftp://127.0.0.1]").And.Not.Contain("not this one"));
        Assert.That(mount.Said, Does.Not.Contain("not this one"));
        _world.KnowPassword(_server, SshServer.Password);
        Assert.That(await File.ReadAllBytesAsync(mount["far.bin"]), Is.EqualTo(bytes));
        await mount.WaitAsync();
        Assert.That((await _world.HandleAsync("new.bin")).ContentMd5, Is.EqualTo(Md5(bytes)));
    }

    [Test]
    public async Task A_host_that_nobody_vouched_for_or_that_changed_is_sent_nothing()
    {
        var bytes = World.Bytes(100_000, 10);
        await _world.AddExternalAsync("far.bin", await _server.AddAsync("far.bin", bytes), bytes.Length);
        _world.Write(".ssh/known_hosts", "");
        await using var mount = await _world.MountAsync();

        var unknown = await Command.RunAsync("cat", [mount["far.bin"]]);
        var said = await _world.SaidByStatusAsync();

        Assert.That(unknown.Error, Does.Contain("Permission denied"));
        Assert.That(said, Does.Contain("a host key that nobody has vouched for").And.Contain("SHA256:").And.Contain($"ssh -p {_server.Port} 127.0.0.1"));
        _world.Trust(_server);
        await _server.StopAsync();
        await _server.NewHostKeyAsync();
        await _server.ResumeAsync();
        Assert.That((await Command.RunAsync("cat", [mount["far.bin"]])).Error, Does.Contain("Permission denied"));
        Assert.That(await _world.SaidByStatusAsync(), Does.Contain("shows another host key than the one known").And.Contain("ssh-keygen -R"));
        Assert.That(_server.Said, Does.Not.Contain("Accepted").And.Not.Contain("Failed password"));
        _world.Trust(_server);
        Assert.That(await File.ReadAllBytesAsync(mount["far.bin"]), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_server_that_is_down_is_told_as_such_while_Synapse_is_not_offline()
    {
        var bytes = World.Bytes(100_000, 11);
        await _world.AddExternalAsync("far.bin", await _server.AddAsync("far.bin", bytes), bytes.Length);
        await _world.StoreAtAsync(_server);
        await using var mount = await _world.MountAsync("--settle", "100ms");
        await _server.StopAsync();

        var refused = await Command.RunAsync("cat", [mount["far.bin"]]);
        await WriteAsync(mount, "new.bin", bytes);
        var isTold = await Eventually.HoldsAsync(async () => (await mount.StateAsync("new.bin")).Contains("SFTP server", StringComparison.Ordinal), Patience);

        Assert.That(refused.Error, Does.Contain("Host is down"));
        Assert.That(isTold, await mount.StateAsync("new.bin"));
        Assert.That(await mount.StateAsync("new.bin"), Does.StartWith("queued: "));
        Assert.That((await _world.StatusAsync(mount)).GetProperty("online").GetBoolean(), Is.True);
        Assert.That(await _world.SaidByStatusAsync(), Does.Contain($"127.0.0.1:{_server.Port}, which holds file handle"));
        await _server.ResumeAsync();
        Assert.That(await File.ReadAllBytesAsync(mount["far.bin"]), Is.EqualTo(bytes));
        await mount.WaitAsync();
        Assert.That((await _world.HandleAsync("new.bin")).ContentMd5, Is.EqualTo(Md5(bytes)));
    }

    [Test]
    public async Task A_read_goes_on_when_the_connection_breaks_in_the_middle()
    {
        var bytes = World.Bytes(300_000_000, 12);
        await _world.AddExternalAsync("far.bin", await _server.AddAsync("far.bin", bytes), bytes.Length, Md5(bytes));
        await using var mount = await _world.MountAsync();
        var reading = Command.ShellAsync($"md5sum < '{mount["far.bin"]}'");
        var isOnItsWay = await Eventually.HoldsAsync(
            async () => long.Parse((await Command.RunAsync("getfattr", ["--only-values", "-n", "user.synapse.cached-bytes", mount["far.bin"]])).Text) > 0,
            Patience);

        await _server.StopAsync();
        await _server.ResumeAsync();

        Assert.That(isOnItsWay, mount.Said);
        Assert.That((await reading).Text, Does.StartWith(Md5(bytes)));
        Assert.That(mount.Said, Does.Contain("goes on from there"));
    }

    [Test]
    public async Task An_upload_to_an_SFTP_server_that_was_killed_in_the_middle_goes_on()
    {
        await _world.StoreAtAsync(_server);
        var bytes = World.Bytes(300_000_000, 13);
        await using (var mount = await _world.MountAsync("--settle", "100ms"))
        {
            await WriteAsync(mount, "large.bin", bytes);
            Assert.That(await Eventually.HoldsAsync(() => Leftovers().Any(part => part.Length > 20_000_000), Patience), mount.Said);
            await mount.KillAsync();
        }

        var there = Leftovers().Single().Length;
        await using var again = await _world.MountAsync("--settle", "100ms");
        await again.WaitAsync();

        Assert.That(there, Is.LessThan(bytes.Length));
        var log = await Command.ShellAsync($"cat {_world.Home}/.local/state/synapsefs/*.log");
        Assert.That(again.Said + log.Output, Does.Contain("goes on:"));
        var handle = await _world.HandleAsync("large.bin");
        Assert.That(Md5(await File.ReadAllBytesAsync(new Uri(handle.ExternalURL!).AbsolutePath)), Is.EqualTo(Md5(bytes)));
        Assert.That((await RemoteTree.ReadAsync(_world.Client, _world.Project)).Things["large.bin"].Versions, Has.Count.EqualTo(1));
        Assert.That(Leftovers(), Is.Empty);
    }

    private List<FileInfo> Leftovers() => [.. new DirectoryInfo(_server.Files).EnumerateFiles("*.part", SearchOption.AllDirectories)];

    private static async Task WriteAsync(Mount mount, string name, byte[] bytes)
    {
        await using var file = File.Create(mount[name]);
        await file.WriteAsync(bytes);
    }
}
