using System.Runtime.Versioning;
using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

/// <summary>What is staged, what is cached and what is known share a disk that ends.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class StagingFullDiskTests
{
    private const int Mebi = 1 << 20;
    private const int Size = 64;

    private static readonly byte[] Piece = TemporaryCache.Bytes(Mebi, seed: 1);

    private SmallDisk _disk = null!;
    private TemporaryCache _temporary = null!;
    private CacheDirectory _cache = null!;

    [SetUp]
    public void SetUp()
    {
        _disk = new SmallDisk(Size);
        _temporary = new TemporaryCache { Options = new() { BlockSize = 128 << 10, CacheSize = 1 << 30 } };
        _cache = _temporary.Open(Path.Combine(_disk.Path, "cache"));
        _cache.Nodes.WithRoot();
    }

    [TearDown]
    public void TearDown()
    {
        _cache?.Dispose();
        _temporary?.Dispose();
        _disk?.Dispose();
    }

    [Test]
    public async Task Cached_content_gives_way_to_what_is_staged_and_a_rest_is_left_to_note_it()
    {
        FillCache();
        using var file = _cache.Staging.Create();

        Fill(file);
        var left = Free();
        file.Sync();
        for (var i = 0; i < 200; i++)
            _cache.Journal.Apply(
                new StateChange { Inserted = [Rows.Child(InodeNumber.Root, $"{i}", "")], Entries = [Rows.Entry(default, i)] });
        await _cache.Journal.SyncAsync();

        Assert.That(_cache.Contents.TotalBytes, Is.Zero);
        Assert.That(left, Is.InRange(DiskSpace.LeftByChanges(Size * Mebi), DiskSpace.Reserve(Size * Mebi)));
        Assert.That(_cache.Journal.ReadEntries(), Has.Count.EqualTo(200));
    }

    [Test]
    public void What_was_reserved_can_be_written_though_the_disk_is_full_by_then()
    {
        FillCache();
        using var reserved = _cache.Staging.Create();
        reserved.Reserve(0, 20 * Mebi);
        using var other = _cache.Staging.Create();
        Fill(other);

        for (var i = 0; i < 20; i++)
            reserved.Write(i * Mebi, Piece);
        reserved.Sync();

        var back = new byte[Mebi];
        reserved.Read(19 * Mebi, back);
        Assert.That(back, Is.EqualTo(Piece));
    }

    [Test]
    public void What_can_be_had_by_dropping_what_is_cached_is_reserved()
    {
        FillCache();
        using var file = _cache.Staging.Create();

        file.Reserve(0, 50 * Mebi);

        Assert.That(_cache.Staging.TotalBytes, Is.GreaterThanOrEqualTo(50 * Mebi));
        Assert.That(() => file.Reserve(50 * Mebi, 50 * Mebi), Throws.TypeOf<StoreException>());
    }

    [Test]
    public void Room_that_is_punched_or_deleted_can_be_used_again()
    {
        using var file = _cache.Staging.Create();
        var written = Fill(file);

        file.Punch(0, written / 2);
        file.Write(written, Piece);
        _cache.Staging.Delete(file.Number);
        file.Dispose();
        using var next = _cache.Staging.Create();

        Assert.That(Fill(next), Is.GreaterThanOrEqualTo(written - Mebi));
    }

    /// <summary>Returns how many bytes found room.</summary>
    private static long Fill(StagedFile file)
    {
        for (var at = 0L; ; at += Piece.Length)
        {
            try
            {
                file.Write(at, Piece);
            }
            catch (StoreException exception) when (exception.Failure == StoreFailure.Full)
            {
                return at;
            }
        }
    }

    private long Free() => new DriveInfo(_disk.Path).AvailableFreeSpace;

    private void FillCache()
    {
        for (var i = 0; i < 10; i++)
        {
            using var content = _cache.Contents.Open(new ContentKey($"{i}", null), 4 * Mebi);
            for (var block = 0; block < content.BlockCount; block++)
                Assert.That(content.Write(block, Piece.AsSpan(0, 128 << 10)), Is.EqualTo(BlockWriteResult.Stored));
        }
    }
}
