using System.IO.MemoryMappedFiles;
using SynapseFs.EndToEnd.Tests.Support;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>A file that grows under one program while others read and map it, through a real kernel with its caches.</summary>
[TestFixture]
internal sealed class ReadingBesideTests
{
    private const int Rounds = 1_500;

    private World _world = null!;
    private Mount _mount = null!;

    [OneTimeSetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _mount = await _world.MountAsync("--settle", "100ms");
    }

    [OneTimeTearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [TestCase(FileMode.CreateNew, FileAccess.Write)]
    [TestCase(FileMode.Create, FileAccess.Write)]
    [TestCase(FileMode.CreateNew, FileAccess.ReadWrite)]
    public async Task What_was_written_is_read_at_once_by_others_and_afterwards(FileMode how, FileAccess access)
    {
        var path = _mount[$"grows-{how}-{access}"];
        if (how == FileMode.Create)
            await File.WriteAllBytesAsync(path, World.Bytes(300_000, 7));
        var expected = World.Bytes(Rounds * 1_000, 8);
        var random = new Random(9);
        var written = 0;
        using var done = new CancellationTokenSource();

        await using (var writer = new FileStream(path, how, access, FileShare.ReadWrite, bufferSize: 0))
        {
            var reader = Open(path);
            var others = Enumerable.Range(0, 2).Select(seed => Task.Run(() => Disturb(path, seed, done.Token))).ToList();
            while (written < expected.Length)
            {
                var count = Math.Min(random.Next(1, 2_000), expected.Length - written);
                await writer.WriteAsync(expected.AsMemory(written, count));
                var seen = new byte[count + 10];
                Assert.That(await reader.ReadAtLeastAsync(seen, count, throwOnEndOfStream: false), Is.EqualTo(count), $"At {written}.");
                Assert.That(seen.AsSpan(0, count).SequenceEqual(expected.AsSpan(written, count)), $"At {written}.");
                written += count;
                if (random.Next(20) > 0)
                    continue;
                await reader.DisposeAsync();
                reader = Open(path);
                reader.Position = written;
                Assert.That(Mapped(path).AsSpan().SequenceEqual(expected.AsSpan(0, written)), $"Mapped, at {written}.");
            }

            await reader.DisposeAsync();
            await done.CancelAsync();
            await Task.WhenAll(others);
        }

        Assert.That((await File.ReadAllBytesAsync(path)).AsSpan().SequenceEqual(expected));
        Assert.That(Mapped(path).AsSpan().SequenceEqual(expected), "Mapped.");
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);

    private static byte[] Mapped(string path)
    {
        using var file = Open(path);
        using var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        var bytes = new byte[view.Capacity];
        view.ReadArray(0, bytes, 0, bytes.Length);
        return bytes;
    }

    // Fills the kernel's pages about the end, where the next write goes.
    private static void Disturb(string path, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var buffer = new byte[20_000];
        while (!cancellationToken.IsCancellationRequested)
        {
            using var file = Open(path);
            if (random.Next(2) == 0 && file.Length > 0)
                _ = Mapped(path)[^1];
            for (var round = 0; round < 50; round++)
            {
                file.Position = Math.Max(0, file.Length - random.Next(buffer.Length));
                _ = file.Read(buffer);
            }
        }
    }
}
