using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace SynapseFs.Store.Tests.Support;

/// <summary>A cache directory in a temporary folder, with small blocks and a clock that stands still.</summary>
internal sealed class TemporaryCache : IDisposable
{
    public const int BlockSize = 1024;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("store-");
    private readonly List<CacheDirectory> _opened = [];

    public TemporaryCache() => Path = System.IO.Path.Combine(_root.FullName, "cache");

    public string Path { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public StoreOptions Options { get; init; } = new() { BlockSize = BlockSize, SmallContentLimit = 512, CacheSize = 1 << 20 };

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public CacheDirectory Open() => Open(Path);

    public CacheDirectory Open(string path)
    {
        var cache = CacheDirectory.Open(path, Options, Time, NullLoggerFactory.Instance);
        _opened.Add(cache);
        return cache;
    }

    /// <summary>What a crash at this moment would leave: the files as they are, opened by nobody.</summary>
    public string CopyAsAfterCrash()
    {
        var copy = System.IO.Path.Combine(_root.FullName, "after-crash");
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(file => file != File("lock")))
        {
            var target = System.IO.Path.Combine(copy, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            System.IO.File.Copy(file, target);
        }
        return copy;
    }

    /// <summary>The sparse files, in no particular order.</summary>
    public string[] ContentFiles() => Directory.GetFiles(File("content"), "*", SearchOption.AllDirectories);

    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Inverts one byte of the first place where <paramref name="pattern"/> stands in the file.</summary>
    public static void FlipByte(string file, ReadOnlySpan<byte> pattern)
    {
        var bytes = System.IO.File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(pattern);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), $"the pattern stands in {file}");
        bytes[at] ^= 0xFF;
        System.IO.File.WriteAllBytes(file, bytes);
    }

    public static void Overwrite(string file, long offset, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = offset;
        stream.Write(Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Through a second file descriptor, as a failing disk would; nothing is cached of the pages not yet read.</summary>
    public static void DamageAllPagesButTheFirst(string file)
    {
        using var handle = System.IO.File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var rest = new byte[RandomAccess.GetLength(handle) - 4096];
        Array.Fill(rest, (byte)0xA5);
        RandomAccess.Write(handle, rest, 4096);
    }

    public void Dispose()
    {
        foreach (var cache in _opened)
            cache.Dispose();
        _root.Delete(recursive: true);
    }
}
