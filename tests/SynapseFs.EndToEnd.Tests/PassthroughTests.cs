using System.Text.Json;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Cached files that the kernel reads itself: seen by stopping the program while they are read.</summary>
[TestFixture]
internal sealed class PassthroughTests
{
    // Opens, and reads with the daemon stopped and no page kept; says what came.
    private const string ReadStopped = """
        import hashlib, mmap, os, signal, sys, threading
        path, pid = sys.argv[1], int(sys.argv[2])
        f = os.open(path, os.O_RDONLY)
        mapped = mmap.mmap(f, 0, prot=mmap.PROT_READ)
        os.posix_fadvise(f, 0, 0, os.POSIX_FADV_DONTNEED)
        os.kill(pid, signal.SIGSTOP)
        late = threading.Timer(5, lambda: (print("waited for the program", flush=True), os.kill(pid, signal.SIGCONT)))
        late.start()
        try:
            sums = [hashlib.sha256(os.pread(f, 1 << 30, 0)).hexdigest(), hashlib.sha256(mapped).hexdigest()]
        finally:
            late.cancel()
            os.kill(pid, signal.SIGCONT)
        print(*sums)
        """;

    private World _world = null!;

    [SetUp]
    public async Task Start_a_world()
    {
        if (Environment.UserName != "root" || Environment.OSVersion.Version < new Version(6, 9))
            Assert.Ignore("Needs CAP_SYS_ADMIN and Linux 6.9.");
        _world = await World.StartAsync();
        await _world.AddFileAsync("data", World.Bytes(5_000_000));
    }

    [TearDown]
    public async Task Stop() => await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task What_is_cached_and_cannot_be_changed_here_is_read_by_the_kernel_itself()
    {
        await using var mount = await CachedAsync("--read-only");

        var read = await Command.RunAsync("python3", ["-c", ReadStopped, mount["data"], $"{mount.ProcessId}"]);

        Assert.That(read.Text, Is.EqualTo($"{_world.Sha256["data"]} {_world.Sha256["data"]}"));
        Assert.That(await PassthroughAsync(mount), Is.EqualTo("used"));
    }

    [Test]
    public async Task Switched_off_every_byte_comes_from_the_program()
    {
        await using var mount = await CachedAsync("--read-only", "--no-passthrough");

        var read = await Command.RunAsync("python3", ["-c", ReadStopped, mount["data"], $"{mount.ProcessId}"]);

        Assert.That(read.Lines, Is.EqualTo(new[] { "waited for the program", $"{_world.Sha256["data"]} {_world.Sha256["data"]}" }));
        Assert.That(await PassthroughAsync(mount), Is.EqualTo("not used: --no-passthrough"));
    }

    [Test]
    public async Task Readers_of_what_can_be_changed_see_each_change()
    {
        await using var mount = await CachedAsync();

        var seen = await Command.ShellAsync(
            $"exec 3< {mount["data"]}; head -c 4 <&3 > /dev/null; printf XXXX | dd of={mount["data"]} bs=4 seek=1 conv=notrunc 2> /dev/null; head -c 4 <&3");

        Assert.That(seen.Text, Is.EqualTo("XXXX"));
    }

    [Test]
    public async Task A_cached_file_that_was_damaged_is_not_read_by_the_kernel_before_it_is_mended()
    {
        await (await CachedAsync("--read-only")).DisposeAsync();
        var cached = Directory.EnumerateFiles(_world.Directory("cache") + "/content", "*", SearchOption.AllDirectories).Single();
        await using (var file = File.Open(cached, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 1_500_000;
            file.Write("damage"u8);
        }

        await using var mount = await _world.MountAsync("--read-only");
        for (var round = 0; round < 5; round++)
            Assert.That((await Command.RunAsync("sha256sum", [mount["data"]])).Text, Does.StartWith(_world.Sha256["data"]));
    }

    // Mounted, read whole, and what was read is safe on the disk.
    private async Task<Mount> CachedAsync(params string[] options)
    {
        await using (var first = await _world.MountAsync())
        {
            await Command.RunAsync("cat", [first["data"]]);
            Assert.That(await Eventually.HoldsAsync(IsSealed, TimeSpan.FromSeconds(20)));
        }

        return await _world.MountAsync(options);
    }

    private bool IsSealed() => Directory.EnumerateFiles(_world.Directory("cache") + "/content", "*", SearchOption.AllDirectories)
        .All(file => File.GetLastWriteTimeUtc(file) == new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    private static async Task<string?> PassthroughAsync(Mount mount)
    {
        var text = await Command.RunAsync("cat", [mount[".synapse/status.json"]]);
        using var status = JsonDocument.Parse(text.Text);
        return status.RootElement.GetProperty("passthrough").GetString();
    }
}
