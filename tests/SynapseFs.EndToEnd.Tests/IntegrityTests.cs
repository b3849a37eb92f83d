using System.Security.Cryptography;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Bytes that are not the file's never reach a reader, wherever they went wrong.</summary>
[TestFixture]
internal sealed class IntegrityTests
{
    private World _world = null!;

    [SetUp]
    public async Task Start_a_world() => _world = await World.StartAsync();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_byte_flipped_in_a_cached_file_is_never_read()
    {
        await _world.AddFileAsync("data", World.Bytes(3_000_000));
        await using (var mount = await _world.MountAsync())
            await Command.ShellAsync($"cat {mount["data"]} > /dev/null");
        var cached = Directory.EnumerateFiles(_world.Directory("cache") + "/content", "*", SearchOption.AllDirectories)
            .Single(file => new FileInfo(file).Length >= 3_000_000);
        await using (var file = File.Open(cached, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 1_500_000;
            var original = file.ReadByte();
            file.Position = 1_500_000;
            file.WriteByte((byte)(original ^ 1));
        }

        await using var again = await _world.MountAsync();
        var sum = await Command.RunAsync("sha256sum", [again["data"]]);

        Assert.That(sum.Text, Does.StartWith(_world.Sha256["data"]));
    }

    [TestCase(1_000, TestName = "A_byte_flipped_on_the_way_is_never_read(small)")]
    [TestCase(3_000_000, TestName = "A_byte_flipped_on_the_way_is_never_read(verified before the first byte)")]
    [TestCase(40_000_000, TestName = "A_byte_flipped_on_the_way_is_never_read(verified at the end)")]
    public async Task A_byte_flipped_on_the_way_is_never_read(int length)
    {
        await _world.AddFileAsync("data", World.Bytes(length));
        await using var mount = await _world.MountAsync();
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, Count = 1, CorruptAt = length / 2 });

        var sum = await Command.RunAsync("sha256sum", [mount["data"]]);
        var second = await Command.RunAsync("sha256sum", [mount["data"]]);

        if (sum.ExitCode == 0)
            Assert.That(sum.Text, Does.StartWith(_world.Sha256["data"]));
        else
            Assert.That(sum.Error, Does.Contain("Input/output error"));
        Assert.That(second.Text, Does.StartWith(_world.Sha256["data"]));
    }

    [Test]
    public async Task With_verification_afterwards_wrong_bytes_are_told_and_not_kept()
    {
        await _world.AddFileAsync("data", World.Bytes(40_000_000));
        await using var mount = await _world.MountAsync("--verify", "after");
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, Count = 1, CorruptAt = 100 });

        // A head is given at once, long before the MD5 is known.
        var head = await Command.ShellAsync($"head -c 100000 {mount["data"]} | sha256sum");
        await Command.ShellAsync($"cat {mount["data"]} > /dev/null");

        Assert.That(head.Text, Does.Not.StartWith(Convert.ToHexStringLower(SHA256.HashData(World.Bytes(40_000_000).AsSpan(0, 100_000)))));
        await ToldAsync(mount, "read it again");
        Assert.That(
            await Eventually.HoldsAsync(async () => (await Command.RunAsync("sha256sum", [mount["data"]])).Output.StartsWith(_world.Sha256["data"], StringComparison.Ordinal),
            TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task A_notice_of_wrong_bytes_names_the_file_and_lasts_until_it_is_opened_again_and_right()
    {
        await _world.AddFileAsync("reads.bam", World.Bytes(40_000_000), await _world.AddFolderAsync("results"), "reads.bam");
        await using (var mount = await _world.MountAsync("--verify", "after"))
        {
            await MisleadAsync(mount, "results/reads.bam");

            var unmounted = await Command.RunAsync(ProgramFiles.Synapsefs, ["unmount", mount.Mountpoint], _world.Environment);
            Assert.That(unmounted.Error, Does.Contain("'/results/reads.bam'").And.Contain("MD5"));
            _world.Server.Faults.Clear();
        }

        await using var again = await _world.MountAsync("--verify", "after");
        Assert.That(again.Said, Does.Contain("'/results/reads.bam'"));
        var status = await Command.RunAsync(ProgramFiles.Synapsefs, ["status"], _world.Environment);
        Assert.That(status.Output, Does.Contain("'/results/reads.bam'").And.Contain("MD5"));

        Assert.That((await Command.RunAsync("sha256sum", [again["results/reads.bam"]])).Text, Does.StartWith(_world.Sha256["reads.bam"]));
        Assert.That(await File.ReadAllTextAsync(again[".synapse/status.json"]), Does.Not.Contain("reads.bam"));
    }

    [TestCase(true, TestName = "What_a_killed_mount_had_not_checked_the_next_one_checks(right)")]
    [TestCase(false, TestName = "What_a_killed_mount_had_not_checked_the_next_one_checks(wrong)")]
    public async Task What_a_killed_mount_had_not_checked_the_next_one_checks(bool isRight)
    {
        // So long that the sum is hardly known yet when the last byte is read.
        await _world.AddFileAsync("data", World.Bytes(300_000_000));
        if (!isRight)
            _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, Count = 1, CorruptAt = 100 });
        await using var killed = await _world.MountAsync("--verify", "after");
        // On a busy machine the verdict may be quicker all the same, and be told to the reader.
        var given = await Command.ShellAsync($"cat {killed["data"]} > /dev/null");
        await killed.KillAsync();
        Assert.That(given.ExitCode == 0 || !isRight, given.Error);

        await using var mount = await _world.MountAsync("--verify", "after");
        var sum = await Command.RunAsync("sha256sum", [mount["data"]]);

        Assert.That(sum.Text, Does.StartWith(_world.Sha256["data"]));
        if (isRight)
            Assert.That(await File.ReadAllTextAsync(mount[".synapse/status.json"]), Does.Not.Contain("'/data'"));
        else
            Assert.That(mount.Said, Does.Contain("'/data'").And.Contain("read it again"));
    }

    [Test]
    public async Task What_came_wrong_is_checked_before_its_last_read_is_answered_until_it_was_right()
    {
        await _world.AddFileAsync("data", World.Bytes(40_000_000));
        await using (var mount = await _world.MountAsync("--verify", "after"))
        {
            await MisleadAsync(mount, "data");
            Assert.That((await Command.RunAsync("sha256sum", [mount["data"]])).Error, Does.Contain("Input/output error"));
        }

        await using var again = await _world.MountAsync("--verify", "after");
        SpoilAlways();
        Assert.That((await Command.RunAsync("sha256sum", [again["data"]])).Error, Does.Contain("Input/output error"));
        _world.Server.Faults.Clear();
        Assert.That((await Command.RunAsync("sha256sum", [again["data"]])).Text, Does.StartWith(_world.Sha256["data"]));
    }

    // A program is given wrong bytes and is gone before that is known.
    private async Task MisleadAsync(Mount mount, string path)
    {
        SpoilAlways();
        await Command.ShellAsync($"cat {mount[path]} > /dev/null");
        await ToldAsync(mount, "MD5");
    }

    private void SpoilAlways() => _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, CorruptAt = 100 });

    private static async Task ToldAsync(Mount mount, string what) => Assert.That(await Eventually.HoldsAsync(
        async () => (await File.ReadAllTextAsync(mount[".synapse/status.json"])).Contains(what, StringComparison.Ordinal), TimeSpan.FromSeconds(30)));

    [Test]
    public async Task Bytes_that_stay_wrong_are_an_input_output_error_and_a_clear_log_line()
    {
        await _world.AddFileAsync("data", World.Bytes(3_000_000));
        await using var mount = await _world.MountAsync();
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, CorruptAt = 77 });

        var sum = await Command.RunAsync("sha256sum", [mount["data"]]);

        Assert.That(sum.Error, Does.Contain("Input/output error"));
        Assert.That(mount.Said, Does.Contain("MD5"));
    }

    [Test]
    public async Task Urls_that_expire_every_two_seconds_do_not_break_a_read_of_200_megabytes()
    {
        await using var world = await World.StartAsync(options => options with { UrlLifetime = TimeSpan.FromSeconds(2) });
        await world.AddFileAsync("big", World.Bytes(200_000_000));
        await using var mount = await world.MountAsync();
        var local = world.Directory("local") + "/big";
        await File.WriteAllBytesAsync(local, World.Bytes(200_000_000));
        world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, BytesPerSecond = 8_000_000 });

        var remote = await Command.RunAsync("openssl", ["md5", "-r", mount["big"]]);

        Assert.That(remote.Text.Split(' ')[0], Is.EqualTo((await Command.RunAsync("openssl", ["md5", "-r", local])).Text.Split(' ')[0]));
    }

    [Test]
    public async Task Connections_that_break_and_servers_that_refuse_for_a_while_are_not_seen_by_a_reader()
    {
        await _world.AddFileAsync("data", World.Bytes(20_000_000));
        await using var mount = await _world.MountAsync();
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, Count = 3, ResetAfter = 700_000 });
        _world.Server.Faults.Add(new FaultRule { Path = "/file/v1/*", Count = 2, Status = 503 });
        _world.Server.Faults.Add(new FaultRule { Path = "/repo/v1/*", Count = 2, Status = 429 });

        var sum = await Command.RunAsync("sha256sum", [mount["data"]]);

        Assert.That(sum.Text, Does.StartWith(_world.Sha256["data"]));
    }
}
