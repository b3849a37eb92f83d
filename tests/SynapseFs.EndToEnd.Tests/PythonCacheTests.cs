using System.Security.Cryptography;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>The official Python client's cache, used and filled through a mount.</summary>
internal sealed class PythonCacheTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // What the client does before it uses a copy: its time, cut to seconds, and its sum.
    private const string Check =
        """
        import hashlib, json, os, sys, time
        (directory, name) = sys.argv[1:]
        [(path, entry)] = json.load(open(os.path.join(directory, '.cacheMap'))).items()
        assert path == os.path.abspath(os.path.join(directory, name)), path
        stamp = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(int(os.path.getmtime(path))))
        assert entry['modified_time'] == stamp, (entry, stamp)
        assert entry['content_md5'] == hashlib.md5(open(path, 'rb').read()).hexdigest(), entry
        """;

    private World _world = null!;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_file_that_the_Python_client_has_is_not_downloaded()
    {
        var bytes = World.Bytes(3_000_000);
        await CopyAsync(await _world.AddFileAsync("reads.bam", bytes), "reads.bam", bytes, Md5(bytes));
        await using var mount = await _world.MountAsync();

        Assert.That(await Sha256Async(mount["reads.bam"]), Is.EqualTo(_world.Sha256["reads.bam"]));

        Assert.That(_world.Server.Log.Totals.StorageBytesSent, Is.Zero);
        Assert.That(_world.Server.Log.Totals.DownloadEvents, Is.Zero);
    }

    [Test]
    public async Task A_copy_of_the_Python_client_that_lies_is_replaced_by_the_download()
    {
        var bytes = World.Bytes(3_000_000);
        await CopyAsync(
            await _world.AddFileAsync("reads.bam", bytes), "reads.bam", World.Bytes(3_000_000, seed: 2), Md5(bytes));
        await using var mount = await _world.MountAsync();

        Assert.That(await Sha256Async(mount["reads.bam"]), Is.EqualTo(_world.Sha256["reads.bam"]));

        Assert.That(mount.Said, Does.Contain("does not have the content that Synapse has"));
    }

    [TestCase(20_000)]
    [TestCase(3_000_000)]
    public async Task What_was_read_whole_is_registered_for_the_Python_client(int length)
    {
        var handle = await HandleOfAsync(await _world.AddFileAsync("reads.bam", World.Bytes(length)));
        var directory = DirectoryOf(handle);
        await using (var mount = await _world.MountAsync("--share-cache"))
        {
            _ = await Sha256Async(mount["reads.bam"]);
            Assert.That(await Eventually.HoldsAsync(() => File.Exists(Path.Combine(directory, ".cacheMap")), Patience), mount.Said);
        }

        _ = (await Command.RunAsync("python3", ["-c", Check, directory, "reads.bam"])).Text;
        await using var other = await _world.MountSourceAsync(_world.Project, "other");
        var sent = _world.Server.Log.Totals.StorageBytesSent;
        Assert.That(await Sha256Async(other["reads.bam"]), Is.EqualTo(_world.Sha256["reads.bam"]));
        Assert.That(_world.Server.Log.Totals.StorageBytesSent, Is.EqualTo(sent));
    }

    [Test]
    public async Task Nothing_is_registered_unasked()
    {
        await _world.AddFileAsync("reads.bam", World.Bytes(20_000));
        await using (var mount = await _world.MountAsync())
            _ = await Sha256Async(mount["reads.bam"]);

        Assert.That(Directory.Exists(Root), Is.False);
    }

    private string Root => Path.Combine(_world.Home, ".synapseCache");

    private string DirectoryOf(string handle) => Path.Combine(Root, $"{long.Parse(handle) % 1000}", handle);

    private async Task<string> HandleOfAsync(string id) =>
        (await _world.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None)).DataFileHandleId!;

    private async Task CopyAsync(string id, string name, byte[] bytes, string md5)
    {
        var directory = DirectoryOf(await HandleOfAsync(id));
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, name);
        await File.WriteAllBytesAsync(path, bytes);
        var stamp = File.GetLastWriteTimeUtc(path).ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'");
        await File.WriteAllTextAsync(
            Path.Combine(directory, ".cacheMap"), $$$"""{"{{{path}}}": {"modified_time": "{{{stamp}}}", "content_md5": "{{{md5}}}"}}""");
    }

#pragma warning disable CA5351 // what the service and its client name contents by
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    private static async Task<string> Sha256Async(string path) => (await Command.RunAsync("sha256sum", [path])).Text.Split(' ')[0];
}
