using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Elsewhere;
using SynapseFs.Testing.Processes;
using static SynapseFs.EndToEnd.Tests.Elsewhere.ElsewhereWorld;

namespace SynapseFs.EndToEnd.Tests.Elsewhere;

/// <summary>Files at web addresses that somebody registered: one server knows ranges (rclone's), the other none (Python's).</summary>
[TestFixture]
internal sealed class WebAddressTests
{
    private World _world = null!;
    private Loopback _ranged = null!;
    private Loopback _plain = null!;
    private int _rangedPort;
    private int _plainPort;

    [SetUp]
    public async Task Serve()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        (_rangedPort, _plainPort) = (Loopback.FreePort(), Loopback.FreePort());
        var files = _world.Directory("web");
        _ranged = await Loopback.StartAsync("rclone", ["serve", "http", "--addr", $"127.0.0.1:{_rangedPort}", files], _rangedPort);
        _plain = await Loopback.StartAsync("python3", ["-m", "http.server", "-b", "127.0.0.1", "-d", files, $"{_plainPort}"], _plainPort);
    }

    [TearDown]
    public async Task Stop()
    {
        await _ranged.DisposeAsync();
        await _plain.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Of_a_web_address_of_unknown_length_only_what_is_read_is_fetched()
    {
        var bytes = World.Bytes(40_000_003, 31);
        await _world.AddExternalAsync("far.bin", await ServedAsync("far.bin", bytes, _rangedPort));
        await using var mount = await _world.MountAsync();

        var size = await Command.RunAsync("stat", ["-c", "%s", mount["far.bin"]]);
        var part = await Command.ShellAsync($"dd if={mount["far.bin"]} bs=1000 skip=30000 count=1 status=none | md5sum");

        Assert.That(size.Text, Is.EqualTo("40000003"));
        Assert.That(part.Text, Does.StartWith(Md5(bytes[30_000_000..30_001_000])));
        Assert.That((await _world.StatusAsync(mount)).GetProperty("cachedBytes").GetInt64(), Is.InRange(1_000, 10_000_000));
    }

    [Test]
    public async Task A_server_without_ranges_is_read_from_the_start_when_the_file_is_opened()
    {
        var bytes = World.Bytes(20_000_001, 32);
        await _world.AddExternalAsync("far.bin", await ServedAsync("far.bin", bytes, _plainPort));
        await using var mount = await _world.MountAsync();

        var part = await Command.ShellAsync($"dd if={mount["far.bin"]} bs=1000 skip=15000 count=1 status=none | md5sum");

        Assert.That(part.Text, Does.StartWith(Md5(bytes[15_000_000..15_001_000])));
        Assert.That((await Command.RunAsync("md5sum", [mount["far.bin"]])).Text, Does.StartWith(Md5(bytes)));
        Assert.That(_plain.Said.Split('\n').Count(line => line.Contains("GET /far.bin", StringComparison.Ordinal)), Is.EqualTo(1), _plain.Said);
    }

    [Test]
    public async Task A_file_whose_length_no_server_tells_is_whole_at_its_first_read()
    {
        var port = Loopback.FreePort();
        await using var silent = await Loopback.StartAsync("python3", ["-c", $"""
            from http.server import *
            class Silent(BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"x" * 60000)
            ThreadingHTTPServer(("127.0.0.1", {port}), Silent).serve_forever()
            """], port);
        for (var i = 0; i < 8; i++)
            await _world.AddExternalAsync($"f{i}", $"http://127.0.0.1:{port}/f{i}");
        await using var mount = await _world.MountAsync();

        var counted = await Command.ShellAsync($"cd '{mount.Mountpoint}'; ls -l > /dev/null; for f in f*; do cat $f | wc -c; done");

        Assert.That(counted.Lines, Is.EqualTo(Enumerable.Repeat("60000", 8)), mount.Said);
    }

    [Test]
    public async Task A_web_address_whose_bytes_have_another_MD5_than_was_registered_is_an_input_output_error()
    {
        var bytes = World.Bytes(100_000, 33);
        await _world.AddExternalAsync("far.bin", await ServedAsync("far.bin", bytes, _rangedPort), bytes.Length, new string('0', 32));
        await using var mount = await _world.MountAsync();

        var refused = await Command.RunAsync("cat", [mount["far.bin"]]);

        Assert.That(refused.Output, Is.Empty);
        Assert.That(refused.Error, Does.Contain("Input/output error"));
        Assert.That(await _world.SaidByStatusAsync(), Does.Contain("do not have its MD5"));
    }

    [TestCase("file:///etc/passwd", "file:")]
    [TestCase("ftp://127.0.0.1/x", "ftp:")]
    public async Task An_address_of_a_kind_that_is_not_read_is_told_by_that_kind(string address, string kind)
    {
        await _world.AddExternalAsync("far.bin", address, 100);
        await using var mount = await _world.MountAsync();

        var refused = await Command.RunAsync("cat", [mount["far.bin"]]);

        Assert.That(refused.Output, Is.Empty);
        Assert.That(refused.Error, Does.Contain("Operation not supported"));
        Assert.That(await _world.SaidByStatusAsync(), Does.Contain($"lies at a {kind} address"));
    }

    [Test]
    public async Task A_web_server_that_is_down_is_told_as_such_and_the_directory_is_listed_all_the_same()
    {
        for (var number = 0; number < 20; number++)
            await _world.AddExternalAsync($"far{number}.bin", await ServedAsync("far.bin", [1, 2, 3], _rangedPort));
        await _ranged.DisposeAsync();
        await using var mount = await _world.MountAsync();

        var listed = await Command.ShellAsync($"ls -l {mount.Mountpoint} | wc -l");
        var refused = await Command.RunAsync("cat", [mount["far1.bin"]]);

        Assert.That(listed.Text, Is.EqualTo("21"));
        Assert.That(refused.Error, Does.Contain("Host is down"));
        Assert.That(await _world.SaidByStatusAsync(), Does.Contain($"The server 127.0.0.1:{_rangedPort}, which holds file handle"));
        Assert.That((await _world.StatusAsync(mount)).GetProperty("online").GetBoolean(), Is.True);
    }

    [Test]
    public async Task New_files_of_a_project_whose_storage_cannot_be_written_to_are_blocked_with_the_reason()
    {
        await _world.StoreAtAsync(
            """{"concreteType":"org.sagebionetworks.repo.model.project.ExternalStorageLocationSetting","uploadType":"HTTPS","url":"https://files.example.org"}""");
        await using var mount = await _world.MountAsync("--settle", "100ms");
        await File.WriteAllTextAsync(mount["new.txt"], "written here\n");

        var isBlocked = await Eventually.HoldsAsync(
            async () => (await mount.StateAsync("new.txt")).StartsWith("blocked", StringComparison.Ordinal), TimeSpan.FromMinutes(1));

        Assert.That(isBlocked, await mount.StateAsync("new.txt"));
        Assert.That(await mount.StateAsync("new.txt"), Does.Contain("stored outside Synapse (HTTPS)"));
        Assert.That(await File.ReadAllTextAsync(mount["new.txt"]), Is.EqualTo("written here\n"));
    }

    private async Task<string> ServedAsync(string name, byte[] bytes, int port)
    {
        await File.WriteAllBytesAsync(Path.Combine(_world.Directory("web"), name), bytes);
        return $"http://127.0.0.1:{port}/{name}";
    }
}
