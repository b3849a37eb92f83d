using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

public sealed class StoredContentTests : CacheFixture
{
    private const int BlockSize = TemporaryCache.BlockSize;
    private static readonly ContentKey Key = new("file-handle-1", "0123456789abcdef0123456789abcdef");

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(512)]
    [TestCase(513)]
    [TestCase(BlockSize)]
    [TestCase(BlockSize + 1)]
    [TestCase(5 * BlockSize)]
    [TestCase(5 * BlockSize + 17)]
    public void What_was_written_is_read_also_after_a_restart(int length)
    {
        var bytes = TemporaryCache.Bytes(length, seed: 1);
        using (var content = Cache.Contents.Open(Key, length))
        {
            Write(content, bytes);
            Assert.That(ReadAll(content), Is.EqualTo(bytes));
        }
        Cache.Dispose();
        Cache = Temporary.Open();

        using var again = Cache.Contents.Open(Key, length);

        Assert.That(again.IsComplete, Is.True);
        Assert.That(again.PresentBytes, Is.EqualTo(length));
        Assert.That(Cache.Contents.TotalBytes, Is.EqualTo(length));
        Assert.That(ReadAll(again), Is.EqualTo(bytes));
    }

    [Test]
    public void Only_what_was_written_is_present()
    {
        using var content = Cache.Contents.Open(Key, 4 * BlockSize + 100);
        var last = TemporaryCache.Bytes(100, seed: 2);

        content.Write(4, last);

        Assert.That(content.IsPresent(4), Is.True);
        Assert.That(content.IsPresent(3), Is.False);
        Assert.That(content.IsPresent(5), Is.False);
        Assert.That(content.IsComplete, Is.False);
        Assert.That(content.PresentBytes, Is.EqualTo(100));
        Assert.That(content.Read(3, 0, new byte[BlockSize]), Is.EqualTo(-1));
        Assert.That(content.Checksum(3), Is.Null);
        Assert.That(content.Checksum(4), Is.EqualTo(System.IO.Hashing.XxHash3.HashToUInt64(last)));
    }

    [TestCase(0, BlockSize, BlockSize)]
    [TestCase(0, 2 * BlockSize, BlockSize)]
    [TestCase(10, 20, 20)]
    [TestCase(BlockSize - 5, 20, 5)]
    [TestCase(BlockSize, 20, 0)]
    public void A_read_is_cropped_to_the_block(int offset, int wanted, int expected)
    {
        var bytes = TemporaryCache.Bytes(2 * BlockSize, seed: 3);
        using var content = Cache.Contents.Open(Key, bytes.Length);
        Write(content, bytes);
        var destination = new byte[wanted];

        var count = content.Read(1, offset, destination);

        Assert.That(count, Is.EqualTo(expected));
        Assert.That(destination[..count], Is.EqualTo(bytes.AsSpan(BlockSize + offset, count).ToArray()));
    }

    [Test]
    public void A_block_of_another_length_is_refused()
    {
        using var content = Cache.Contents.Open(Key, 2 * BlockSize);

        Assert.Throws<ArgumentException>(() => content.Write(1, new byte[BlockSize - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => content.Write(2, new byte[BlockSize]));
    }

    [TestCase(100, TestName = "A_flipped_byte_in_the_database_is_never_returned")]
    [TestCase(3 * BlockSize, TestName = "A_flipped_byte_in_a_content_file_is_never_returned")]
    public void A_flipped_byte_is_never_returned(int length)
    {
        var bytes = TemporaryCache.Bytes(length, seed: 4);
        using (var content = Cache.Contents.Open(Key, length))
            Write(content, bytes);
        Cache.Dispose();
        var file = length == 100 ? Temporary.File("blocks.db") : Temporary.ContentFiles().Single();
        TemporaryCache.FlipByte(file, bytes.AsSpan(0, 64));
        Cache = Temporary.Open();

        using var damaged = Cache.Contents.Open(Key, length);

        Assert.That(damaged.Read(0, 50, new byte[10]), Is.EqualTo(-1));
        Assert.That(damaged.IsPresent(0), Is.False);
        Assert.That(damaged.PresentBytes, Is.EqualTo(length - damaged.BlockLength(0)));
        Assert.That(Cache.Contents.TotalBytes, Is.EqualTo(damaged.PresentBytes));
        Write(damaged, bytes);
        Assert.That(ReadAll(damaged), Is.EqualTo(bytes));
    }

    [Test]
    public void A_byte_flipped_while_the_content_is_open_is_never_returned()
    {
        var bytes = TemporaryCache.Bytes(3 * BlockSize, seed: 5);
        using var content = Cache.Contents.Open(Key, bytes.Length);
        Write(content, bytes);
        TemporaryCache.Overwrite(Temporary.ContentFiles().Single(), BlockSize + 7, "?");

        Assert.That(content.Read(1, 0, new byte[BlockSize]), Is.EqualTo(-1));
        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
        Assert.That(content.Read(2, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
    }

    [Test]
    public void A_dropped_block_stays_dropped_after_a_restart()
    {
        var bytes = TemporaryCache.Bytes(3 * BlockSize, seed: 5);
        using (var content = Cache.Contents.Open(Key, bytes.Length))
        {
            Write(content, bytes);
            TemporaryCache.Overwrite(Temporary.ContentFiles().Single(), 7, "?");
            content.Read(0, 0, new byte[1]);
        }
        Cache.Dispose();
        Cache = Temporary.Open();

        using var again = Cache.Contents.Open(Key, bytes.Length);

        Assert.That(again.IsPresent(0), Is.False);
        Assert.That(Cache.Contents.TotalBytes, Is.EqualTo(2 * BlockSize));
    }

    [Test]
    public void A_file_cut_short_loses_only_the_blocks_behind_the_cut()
    {
        var bytes = TemporaryCache.Bytes(3 * BlockSize, seed: 6);
        using (var content = Cache.Contents.Open(Key, bytes.Length))
            Write(content, bytes);
        using (var file = new FileStream(Temporary.ContentFiles().Single(), FileMode.Open))
            file.SetLength(BlockSize + 10);

        using var cut = Cache.Contents.Open(Key, bytes.Length);

        Assert.That(cut.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
        Assert.That(cut.Read(1, 0, new byte[5]), Is.EqualTo(-1));
        Assert.That(cut.Read(2, 0, new byte[BlockSize]), Is.EqualTo(-1));
    }

    [Test]
    public void A_deleted_file_is_filled_again()
    {
        var bytes = TemporaryCache.Bytes(2 * BlockSize, seed: 7);
        using (var content = Cache.Contents.Open(Key, bytes.Length))
            Write(content, bytes);
        File.Delete(Temporary.ContentFiles().Single());

        using var again = Cache.Contents.Open(Key, bytes.Length);

        Assert.That(again.Read(0, 0, new byte[BlockSize]), Is.EqualTo(-1));
        Write(again, bytes);
        Assert.That(ReadAll(again), Is.EqualTo(bytes));
    }

    [Test]
    public void A_crash_loses_at_most_knowledge_of_blocks()
    {
        var bytes = TemporaryCache.Bytes(10 * BlockSize, seed: 8);
        using var content = Cache.Contents.Open(Key, bytes.Length);
        Write(content, bytes.AsSpan(0, 5 * BlockSize));
        Temporary.Time.Advance(TimeSpan.FromSeconds(1));
        Write(content, bytes);

        using var after = Temporary.Open(Temporary.CopyAsAfterCrash());
        using var recovered = after.Contents.Open(Key, bytes.Length);

        Assert.That(Enumerable.Range(0, 5).Select(block => recovered.IsPresent(block)), Is.All.True);
        for (var block = 0; block < recovered.BlockCount; block++)
        {
            var destination = new byte[BlockSize];
            if (recovered.Read(block, 0, destination) >= 0)
                Assert.That(destination, Is.EqualTo(bytes.AsSpan(block * BlockSize, BlockSize).ToArray()));
        }
        Write(recovered, bytes);
        Assert.That(ReadAll(recovered), Is.EqualTo(bytes));
        Assert.That(after.Contents.TotalBytes, Is.EqualTo(bytes.Length));
    }

    [Test]
    public void Reading_while_blocks_are_written_again_never_fails_or_mixes()
    {
        var bytes = TemporaryCache.Bytes(4 * BlockSize, seed: 10);
        using var content = Cache.Contents.Open(Key, bytes.Length);
        Write(content, bytes);

        Parallel.For(0, 2000, i =>
        {
            var block = i % 4;
            if (i % 5 == 0)
            {
                content.Write(block, bytes.AsSpan(block * BlockSize, BlockSize));
                return;
            }
            var destination = new byte[BlockSize];
            Assert.That(content.Read(block, 0, destination), Is.EqualTo(BlockSize));
            Assert.That(destination.AsSpan().SequenceEqual(bytes.AsSpan(block * BlockSize, BlockSize)), Is.True);
        });
    }

    private static void Write(StoredContent content, ReadOnlySpan<byte> bytes)
    {
        for (var block = 0; block * content.BlockSize < bytes.Length; block++)
        {
            var part = bytes.Slice(block * content.BlockSize, content.BlockLength(block));
            Assert.That(content.Write(block, part), Is.EqualTo(BlockWriteResult.Stored));
        }
    }

    private static byte[] ReadAll(StoredContent content)
    {
        var bytes = new byte[content.Length];
        for (var block = 0; block < content.BlockCount; block++)
        {
            var count = content.Read(block, 0, bytes.AsSpan(block * content.BlockSize));
            Assert.That(count, Is.EqualTo(content.BlockLength(block)));
        }
        return bytes;
    }
}
