using System.Security.Cryptography;
using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

public sealed class ContentAdoptionTests
{
    private const int BlockSize = TemporaryCache.BlockSize;

    private TemporaryCache _temporary = null!;
    private CacheDirectory _cache = null!;

    private ContentStore Contents => _cache.Contents;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache { Options = new() { BlockSize = BlockSize, SmallContentLimit = 512, CacheSize = 64 * BlockSize } };
        _cache = _temporary.Open();
    }

    [TearDown]
    public void TearDown()
    {
        _cache.Dispose();
        _temporary.Dispose();
    }

    [TestCase(1)]
    [TestCase(512)]
    [TestCase(513)]
    [TestCase(10 * BlockSize)]
    [TestCase(10 * BlockSize + 7)]
    public void A_staged_file_becomes_cached_content_that_outlives_a_restart(int length)
    {
        var bytes = TemporaryCache.Bytes(length, seed: 1);
        var path = Stage(bytes);

        Contents.Adopt(Key(bytes), length, path);

        Assert.That(File.Exists(path), Is.False);
        Assert.That(_cache.Staging.Numbers(), Is.Empty);
        Assert.That(_temporary.ContentFiles(), Has.Length.EqualTo(length > 512 ? 1 : 0));
        Assert.That(Contents.TotalBytes, Is.EqualTo(length));
        AssertCached(bytes);
        _cache.Dispose();
        _cache = _temporary.Open();
        Assert.That(Contents.TotalBytes, Is.EqualTo(length));
        AssertCached(bytes);
    }

    [Test]
    public void A_large_file_is_renamed_and_not_copied()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        var path = Stage(bytes);
        using var before = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

        Contents.Adopt(Key(bytes), bytes.Length, path);
        RandomAccess.Write(before, [(byte)~bytes[0]], 0);

        using var content = Contents.Open(Key(bytes), bytes.Length);
        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(-1), "the cache's file is the staged one");
    }

    [Test]
    public void A_block_damaged_afterwards_is_dropped_and_only_the_same_bytes_come_back()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        Contents.Adopt(Key(bytes), bytes.Length, Stage(bytes));
        TemporaryCache.FlipByte(_temporary.ContentFiles().Single(), bytes.AsSpan(3 * BlockSize, 16));

        using var content = Contents.Open(Key(bytes), bytes.Length);

        Assert.That(content.Read(3, 0, new byte[BlockSize]), Is.EqualTo(-1));
        Assert.That(content.Read(4, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
        Assert.That(content.Write(3, new byte[BlockSize]), Is.EqualTo(BlockWriteResult.Mismatch));
        Assert.That(content.Write(3, bytes.AsSpan(3 * BlockSize, BlockSize)), Is.EqualTo(BlockWriteResult.Stored));
    }

    [Test]
    public void Content_that_is_open_is_filled_for_who_has_it_open()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        using var open = Contents.Open(Key(bytes), bytes.Length);
        Assert.That(open.IsPresent(0), Is.False);

        Contents.Adopt(Key(bytes), bytes.Length, Stage(bytes));

        Assert.That(open.IsComplete && open.IsVerified, Is.True);
        Assert.That(open.Read(9, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
    }

    [Test]
    public void Content_that_is_cached_in_part_is_filled_and_what_was_wrong_in_it_is_replaced()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        using (var part = Contents.Open(Key(bytes), bytes.Length))
        {
            part.Write(2, bytes.AsSpan(2 * BlockSize, BlockSize));
            part.Write(5, new byte[BlockSize]);
        }

        Contents.Adopt(Key(bytes), bytes.Length, Stage(bytes));

        AssertCached(bytes);
        Assert.That(_temporary.ContentFiles(), Has.Length.EqualTo(1));
        Assert.That(Contents.TotalBytes, Is.EqualTo(bytes.Length));
    }

    [Test]
    public void Content_that_is_complete_and_verified_stays_as_it_is()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        Contents.Adopt(Key(bytes), bytes.Length, Stage(bytes));
        var again = Stage(TemporaryCache.Bytes(bytes.Length, seed: 2));

        Contents.Adopt(Key(bytes), bytes.Length, again);

        Assert.That(File.Exists(again), Is.False);
        AssertCached(bytes);
    }

    [Test]
    public void Content_of_unknown_md5_is_cached_and_not_verified()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        var key = new ContentKey("nobody knows", null);

        Contents.Adopt(key, bytes.Length, Stage(bytes));

        using var content = Contents.Open(key, bytes.Length);
        Assert.That(content.IsComplete, Is.True);
        Assert.That(content.IsVerified, Is.False);
    }

    [Test]
    public void What_is_adopted_pushes_out_what_was_used_longest_ago()
    {
        var old = TemporaryCache.Bytes(40 * BlockSize, seed: 1);
        Contents.Adopt(Key(old), old.Length, Stage(old));
        _temporary.Time.Advance(TimeSpan.FromMinutes(2));
        var bytes = TemporaryCache.Bytes(40 * BlockSize, seed: 2);

        Contents.Adopt(Key(bytes), bytes.Length, Stage(bytes));

        Assert.That(Contents.CachedBytes(Key(old)), Is.Zero);
        AssertCached(bytes);
    }

    [Test]
    public void What_is_larger_than_the_cache_is_dropped_again()
    {
        var bytes = TemporaryCache.Bytes(100 * BlockSize, seed: 1);

        Contents.Adopt(Key(bytes), bytes.Length, Stage(bytes));

        Assert.That(Contents.TotalBytes, Is.Zero);
        Assert.That(_temporary.ContentFiles(), Is.Empty);
        Assert.That(_cache.Staging.Numbers(), Is.Empty);
    }

    [TestCase(-1)]
    [TestCase(1)]
    public void A_file_of_another_length_is_not_wanted(int more)
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        var path = Stage(bytes);

        Contents.Adopt(Key(bytes), bytes.Length + more, path);

        Assert.That(File.Exists(path), Is.False);
        Assert.That(Contents.CachedBytes(Key(bytes)), Is.Zero);
    }

    [Test]
    public void A_file_that_is_missing_does_no_harm()
    {
        Assert.That(() => Contents.Adopt(Key([1]), 10 * BlockSize, _temporary.File("staging/99")), Throws.Nothing);
        Assert.That(Contents.TotalBytes, Is.Zero);
    }

    [Test]
    public void A_file_that_cannot_be_renamed_leaves_nothing_cached_and_the_content_can_be_fetched()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 1);
        var place = Store.Contents.ContentFile.PathOf(_temporary.File("content"), 1);
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, "in the way"), "");

        Contents.Adopt(Key(bytes), bytes.Length, Stage(bytes));

        Assert.That(Contents.TotalBytes, Is.Zero);
        Directory.Delete(place, recursive: true);
        using var content = Contents.Open(Key(bytes), bytes.Length);
        Assert.That(content.IsVerified, Is.False);
        Assert.That(content.Write(0, bytes.AsSpan(0, BlockSize)), Is.EqualTo(BlockWriteResult.Stored));
    }

    private static ContentKey Key(ReadOnlySpan<byte> bytes)
    {
#pragma warning disable CA5351 // The remote side's checksum is an MD5; nothing secret depends on it.
        var md5 = Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
        return new ContentKey($"file-handle-{md5[..4]}", md5);
    }

    private string Stage(byte[] bytes)
    {
        using var file = _cache.Staging.Create();
        file.Write(0, bytes);
        return file.Path;
    }

    private void AssertCached(byte[] bytes)
    {
        using var content = Contents.Open(Key(bytes), bytes.Length);
        Assert.That(content.IsComplete && content.IsVerified, Is.True);
        var back = new byte[bytes.Length];
        for (var block = 0L; block < content.BlockCount; block++)
            Assert.That(content.Read(block, 0, back.AsSpan((int)block * BlockSize)), Is.EqualTo(content.BlockLength(block)));
        Assert.That(back, Is.EqualTo(bytes));
    }
}
