using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store;

namespace SynapseFs.Benchmarks.Parts;

/// <summary>Cached content: a block kept, read and checked; small contents, which live in the database.</summary>
public class ContentSteps : IDisposable
{
    private const long Length = 64L << 20;
    private const string Md5 = "0123456789abcdef0123456789abcdef";
    private static readonly ContentKey SmallKey = new("small", Md5);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("content-steps-");
    private readonly CacheDirectory _cache;
    private readonly StoredContent _content;
    private readonly byte[] _block;
    private readonly byte[] _small = new byte[20 << 10];
    private long _next;

    public ContentSteps()
    {
        _cache = CacheDirectory.Open(_directory.FullName, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        _content = _cache.Contents.Open(new ContentKey("large", Md5), Length);
        _block = new byte[_content.BlockSize];
        new Random(1).NextBytes(_block);
        for (var block = 0L; block < _content.BlockCount; block++)
            _content.Write(block, _block);
        using var small = _cache.Contents.Open(SmallKey, _small.Length);
        small.Write(0, _small);
    }

    [Benchmark(Description = "a block of 64 KiB kept")]
    public BlockWriteResult Write()
    {
        // All are there and all are given up, again and again: each is written anew.
        if (_next % _content.BlockCount == 0)
            _content.DropAll();
        return _content.Write(_next++ % _content.BlockCount, _block);
    }

    [Benchmark(Description = "a block of 64 KiB read and checked")]
    public int Read() => _content.Read(_next++ % _content.BlockCount, 0, _block);

    [Benchmark(Description = "20 KiB of a small content, opened and read")]
    public int Small()
    {
        using var content = _cache.Contents.Open(SmallKey, _small.Length);
        return content.Read(0, 0, _small);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _content.Dispose();
        _cache.Dispose();
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
