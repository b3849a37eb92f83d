using System.Runtime.Versioning;
using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

public sealed class StagedFileTests
{
    private TemporaryCache _temporary = null!;
    private CacheDirectory _cache = null!;
    private StagedFile _file = null!;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        _cache = _temporary.Open();
        _file = _cache.Staging.Create();
    }

    [TearDown]
    public void TearDown()
    {
        _file.Dispose();
        _cache.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void What_was_written_is_read_and_what_lies_between_is_zero()
    {
        _file.Write(5, "second"u8);
        _file.Write(0, "ab"u8);

        Assert.That(Content(), Is.EqualTo("ab\0\0\0second"));
        Assert.That(_file.Read(100, new byte[10]), Is.Zero);
        _file.SetLength(3);
        Assert.That(Content(), Is.EqualTo("ab\0"));
    }

    [Test]
    public void Reserving_changes_nothing_that_is_read_and_may_extend()
    {
        _file.Write(0, "abc"u8);
        _file.SetLength(10);

        _file.Reserve(2, 100_000);

        Assert.That(new FileInfo(_file.Path).Length, Is.EqualTo(100_002));
        var bytes = new byte[100_002];
        Assert.That(_file.Read(0, bytes), Is.EqualTo(bytes.Length));
        Assert.That(bytes.AsSpan(0, 3).ToArray(), Is.EqualTo("abc"u8.ToArray()));
        Assert.That(bytes.AsSpan(3).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        Assert.That(_cache.Staging.TotalBytes, Is.GreaterThanOrEqualTo(100_002));
    }

    [Test]
    public void A_punched_range_reads_as_zeros_and_the_length_stays()
    {
        var bytes = TemporaryCache.Bytes(300_000, seed: 1);
        _file.Write(0, bytes);
        _file.Sync();
        var before = _cache.Staging.TotalBytes;

        _file.Punch(1_000, 250_000);
        _file.Punch(299_000, 50_000);
        _file.Punch(400_000, 1);

        bytes.AsSpan(1_000, 250_000).Clear();
        bytes.AsSpan(299_000).Clear();
        var back = new byte[400_000];
        Assert.That(_file.Read(0, back), Is.EqualTo(bytes.Length));
        Assert.That(back.AsSpan(0, bytes.Length).SequenceEqual(bytes), Is.True);
        Assert.That(_cache.Staging.TotalBytes, Is.LessThan(before - 200_000));
    }

    [Test]
    public void Writes_of_many_threads_do_not_meet()
    {
        Parallel.For(0, 64, i => _file.Write(i * 1000, TemporaryCache.Bytes(1000, seed: i)));

        _file.Sync();

        var bytes = new byte[1000];
        for (var i = 0; i < 64; i++)
        {
            _file.Read(i * 1000, bytes);
            Assert.That(bytes, Is.EqualTo(TemporaryCache.Bytes(1000, seed: i)));
        }
    }

    [Test]
    [Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public void A_full_disk_drops_what_is_cached_and_is_then_said()
    {
        using (var cached = _cache.Contents.Open(new ContentKey("cached", null), TemporaryCache.BlockSize))
            cached.Write(0, new byte[TemporaryCache.BlockSize]);
        File.CreateSymbolicLink(_temporary.File("staging/77"), "/dev/full");
        using var full = _cache.Staging.Open(77);

        var failure = Assert.Throws<StoreException>(() => full.Write(0, [1]));

        Assert.That(failure!.Failure, Is.EqualTo(StoreFailure.Full));
        Assert.That(_cache.Contents.TotalBytes, Is.Zero);
    }

    [Test]
    public void More_than_the_disk_could_ever_hold_is_refused_and_the_cache_is_left_alone()
    {
        using (var cached = _cache.Contents.Open(new ContentKey("cached", null), TemporaryCache.BlockSize))
            cached.Write(0, new byte[TemporaryCache.BlockSize]);

        var failure = Assert.Throws<StoreException>(() => _file.Reserve(0, 1L << 50));

        Assert.That(failure!.Failure, Is.EqualTo(StoreFailure.Full));
        Assert.That(_cache.Contents.TotalBytes, Is.EqualTo(TemporaryCache.BlockSize));
    }

    [Test]
    [Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public void A_sync_that_failed_never_succeeds_again()
    {
        // Syncing a terminal's end is refused, which serves as a failing disk.
        File.CreateSymbolicLink(_temporary.File("staging/77"), "/dev/ptmx");
        using var broken = _cache.Staging.Open(77);
        Assert.That(broken.Sync, Throws.TypeOf<StoreException>());
        File.Delete(_temporary.File("staging/77"));
        File.WriteAllText(_temporary.File("staging/77"), "");

        using var again = _cache.Staging.Open(77);

        Assert.That(again.Sync, Throws.TypeOf<StoreException>());
        Assert.That(() => again.Write(0, [1]), Throws.TypeOf<StoreException>());
        Assert.That(_file.Sync, Throws.Nothing);
    }

    private string Content()
    {
        var bytes = new byte[100];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, _file.Read(0, bytes));
    }
}
