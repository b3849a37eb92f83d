using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

public sealed class StoredContentSealingTests : CacheFixture
{
    private const int BlockSize = TemporaryCache.BlockSize;
    private const int Length = 3 * BlockSize + 100;
    private static readonly ContentKey Key = new("file-handle-1", "0123456789abcdef0123456789abcdef");
    private static readonly byte[] Bytes = TemporaryCache.Bytes(Length, seed: 1);

    [Test]
    public void A_sealed_content_is_read_across_blocks_and_has_a_file()
    {
        using var content = Whole();
        Assert.That(content.SealedFile, Is.Null);

        content.Seal(CancellationToken.None);

        Assert.That(ReadSealed(content, 1000, 2000), Is.EqualTo(Bytes[1000..3000]));
        var all = new byte[Length + 1];
        Assert.That(RandomAccess.Read(content.SealedFile!, all, 0), Is.EqualTo(Length));
        Assert.That(all[..Length], Is.EqualTo(Bytes));
    }

    [Test]
    public void The_seal_outlasts_a_restart()
    {
        using (var content = Whole())
            content.Seal(CancellationToken.None);
        Cache.Dispose();
        Cache = Temporary.Open();

        using var again = Cache.Contents.Open(Key, Length);

        Assert.That(again.WantsSeal, Is.False);
        Assert.That(again.SealedFile, Is.Not.Null);
        Assert.That(ReadSealed(again, 0, Length), Is.EqualTo(Bytes));
    }

    [Test]
    public void Whoever_writes_to_the_file_breaks_the_seal()
    {
        using var content = Whole();
        content.Seal(CancellationToken.None);
        Assert.That(ReadSealed(content, 0, 10), Is.Not.Null);

        TemporaryCache.Overwrite(Temporary.ContentFiles().Single(), BlockSize + 3, "damage");

        Assert.That(ReadSealed(content, 0, 10), Is.Null);
        Assert.That(content.SealedFile, Is.Null);
        Assert.That(content.Read(1, 0, new byte[BlockSize]), Is.EqualTo(-1));
    }

    [Test]
    public void What_is_damaged_is_not_sealed_and_what_was_mended_is_again()
    {
        using var content = Whole();
        TemporaryCache.Overwrite(Temporary.ContentFiles().Single(), BlockSize + 3, "damage");
        Assert.That(content.WantsSeal, Is.True);

        content.Seal(CancellationToken.None);

        Assert.That(content.IsPresent(1), Is.False);
        Assert.That((content.SealedFile, content.WantsSeal), Is.EqualTo(((object?)null, false)));
        content.Write(1, Bytes.AsSpan(BlockSize, BlockSize));
        Assert.That(content.SealedFile, Is.Null);
        content.Seal(CancellationToken.None);
        Assert.That(ReadSealed(content, 0, Length), Is.EqualTo(Bytes));
    }

    [Test]
    public void What_is_not_whole_or_not_verified_or_has_no_file_is_not_sealed()
    {
        using var unverified = Filled(Key, Bytes);
        using var small = Filled(new ContentKey("small", Key.Md5), Bytes[..100]);
        small.MarkVerified();
        unverified.Seal(CancellationToken.None);
        small.Seal(CancellationToken.None);

        Assert.That((unverified.SealedFile, unverified.WantsSeal), Is.EqualTo(((object?)null, false)));
        Assert.That((small.SealedFile, small.WantsSeal), Is.EqualTo(((object?)null, false)));
        Assert.That(ReadSealed(unverified, 0, 10), Is.Null);
    }

    [Test]
    public void A_file_that_was_cut_is_not_handed_out()
    {
        using var content = Whole();
        content.Seal(CancellationToken.None);
        var file = Temporary.ContentFiles().Single();
        var mark = File.GetLastWriteTimeUtc(file);
        using (var cut = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
            RandomAccess.SetLength(cut, BlockSize);
        File.SetLastWriteTimeUtc(file, mark);

        Assert.That(content.SealedFile, Is.Null);
        Assert.That(ReadSealed(content, 2 * BlockSize, 10), Is.Null);
    }

    private static byte[]? ReadSealed(StoredContent content, long offset, int count)
    {
        var bytes = new byte[count];
        return content.TryReadSealed(offset, bytes) ? bytes : null;
    }

    private StoredContent Whole()
    {
        var content = Filled(Key, Bytes);
        content.MarkVerified();
        return content;
    }

    private StoredContent Filled(ContentKey key, byte[] bytes)
    {
        var content = Cache.Contents.Open(key, bytes.Length);
        for (var block = 0; block < content.BlockCount; block++)
            content.Write(block, bytes.AsSpan(block * BlockSize, content.BlockLength(block)));
        return content;
    }
}
