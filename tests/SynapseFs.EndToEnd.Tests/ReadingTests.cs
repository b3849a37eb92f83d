using System.Security.Cryptography;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Walks (a) and (b): bytes through the real mount, as ordinary tools read them.</summary>
[TestFixture]
internal sealed class ReadingTests
{
    private World _world = null!;
    private Mount _mount = null!;

    [OneTimeSetUp]
    public async Task Fill_the_world_and_mount_it()
    {
        _world = await World.StartAsync();
        await _world.AddFileAsync("one-byte", [42]);
        await _world.AddFileAsync("small.txt", "the quick brown fox\njumps over\n"u8.ToArray());
        await _world.AddFileAsync("block", World.Bytes(131_072, 2));
        await _world.AddFileAsync("block-plus-one", World.Bytes(131_073, 3));
        await _world.AddFileAsync("medium", World.Bytes(5_000_001, 4));
        await _world.AddFileAsync("large", World.Bytes(40_000_003, 5));
        var folder = await _world.AddFolderAsync("deep");
        var deeper = await _world.AddFolderAsync("er", folder);
        await _world.AddFileAsync("needle.txt", "a needle in here\n"u8.ToArray(), deeper, "deep/er/needle.txt");
        _mount = await _world.MountAsync();
    }

    [OneTimeTearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Every_file_reads_as_it_was_uploaded()
    {
        foreach (var (path, expected) in _world.Sha256)
        {
            var sum = await Command.RunAsync("sha256sum", [_mount[path]]);

            Assert.That(sum.Text.Split(' ')[0], Is.EqualTo(expected), path);
        }
    }

    [Test]
    public async Task Sizes_are_exact()
    {
        var sizes = await Command.ShellAsync($"cd {_mount.Mountpoint} && stat -c '%n %s' one-byte block block-plus-one medium large");

        Assert.That(sizes.Lines, Is.EqualTo(
            new[] { "one-byte 1", "block 131072", "block-plus-one 131073", "medium 5000001", "large 40000003" }));
    }

    [Test]
    public async Task Grep_finds_a_word_in_a_nested_file()
    {
        var found = await Command.ShellAsync($"cd {_mount.Mountpoint} && grep -r needle deep");

        Assert.That(found.Text, Is.EqualTo("deep/er/needle.txt:a needle in here"));
    }

    [Test]
    public async Task Python_reads_ranges_in_any_order()
    {
        const string script = """
            import hashlib, random, sys
            f = open(sys.argv[1], 'rb'); f.seek(0, 2); n = f.tell(); r = random.Random(7); h = hashlib.sha256()
            for _ in range(200):
                f.seek(r.randrange(n)); h.update(f.read(r.randrange(1, 9000)))
            print(h.hexdigest())
            """;
        var local = _world.Directory("local") + "/medium";
        await File.WriteAllBytesAsync(local, World.Bytes(5_000_001, 4));

        var remote = await Command.RunAsync("python3", ["-c", script, _mount["medium"]]);

        Assert.That(remote.Text, Is.EqualTo((await Command.RunAsync("python3", ["-c", script, local])).Text));
    }

    [Test]
    public async Task A_memory_map_shows_the_file()
    {
        const string script = """
            import hashlib, mmap, sys
            f = open(sys.argv[1], 'rb'); m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ)
            print(hashlib.sha256(m).hexdigest())
            """;

        var mapped = await Command.RunAsync("python3", ["-c", script, _mount["medium"]]);

        Assert.That(mapped.Text, Is.EqualTo(_world.Sha256["medium"]));
    }

    [Test]
    public async Task Rsync_and_tar_carry_everything_away_and_nothing_more()
    {
        var copy = _world.Directory("copy");
        var packed = _world.Directory("packed");
        await Command.ShellAsync($"rsync -a {_mount.Mountpoint}/ {copy}/ && tar -C {_mount.Mountpoint} -cf - . | tar -C {packed} -xf -");

        foreach (var place in new[] { copy, packed })
        {
            var files = Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(place, file));

            Assert.That(files, Is.EquivalentTo(_world.Sha256.Keys));
            foreach (var (path, expected) in _world.Sha256)
                Assert.That(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(place, path)))), Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task Two_readers_of_a_cold_file_fetch_each_byte_once()
    {
        await using var world = await World.StartAsync();
        await world.AddFileAsync("shared", World.Bytes(20_000_000, 9));
        await using var mount = await world.MountAsync();
        await world.Server.Log.QuietAsync(CancellationToken.None);
        world.Server.Log.Reset();

        await Command.ShellAsync($"cat {mount["shared"]} > /dev/null & cat {mount["shared"]} > /dev/null; wait");

        await world.Server.Log.QuietAsync(CancellationToken.None);
        Assert.That(world.Server.Log.Totals.StorageBytesSent, Is.EqualTo(20_000_000));
    }

    [Test]
    public async Task A_read_only_mount_refuses_a_write_of_any_kind()
    {
        await using var world = await World.StartAsync();
        await world.AddFileAsync("small.txt", "bytes"u8.ToArray());
        await world.AddFolderAsync("deep");
        await using var mount = await world.MountAsync("--read-only");
        string[] attempts =
        [
            $"touch {mount["new"]}", $"mkdir {mount["new"]}", $"rm {mount["small.txt"]}", $"rmdir {mount["deep"]}",
            $"mv {mount["small.txt"]} {mount["other"]}", $"ln -s x {mount["link"]}", $"truncate -s 0 {mount["small.txt"]}",
            $"echo x >> {mount["small.txt"]}", $"setfattr -n user.a -v b {mount["small.txt"]}", $"chmod 777 {mount["small.txt"]}",
        ];
        foreach (var attempt in attempts)
        {
            var result = await Command.ShellAsync(attempt);

            Assert.That(result.ExitCode, Is.Not.Zero, attempt);
            Assert.That(result.Error, Does.Contain("Read-only file system"), attempt);
        }
    }
}
