using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

public sealed class StoredContentVerificationTests : CacheFixture
{
    private const int BlockSize = TemporaryCache.BlockSize;
    private static readonly ContentKey Key = new("file-handle-1", "0123456789abcdef0123456789abcdef");
    private static readonly byte[] Right = TemporaryCache.Bytes(BlockSize, seed: 1);
    private static readonly byte[] Wrong = TemporaryCache.Bytes(BlockSize, seed: 2);

    [TestCase(BlockSize)]
    [TestCase(2 * BlockSize)]
    [TestCase(0)]
    public void Verification_lasts_while_the_content_does(int length)
    {
        using var verified = Verified(length);

        Assert.That(verified.IsVerified, Is.True);
        verified.Dispose();
        Cache.Dispose();
        Cache = Temporary.Open();
        using var again = Cache.Contents.Open(Key, length);
        // Nothing is stored of an empty content, so there is nothing to be verified.
        Assert.That(again.IsVerified, Is.EqualTo(length > 0));
    }

    [Test]
    public void A_damaged_block_of_a_verified_content_takes_no_other_bytes()
    {
        using var content = Verified(2 * BlockSize);
        TemporaryCache.Overwrite(Temporary.ContentFiles().Single(), 3, "damage");
        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(-1));

        Assert.That(content.Write(0, Wrong), Is.EqualTo(BlockWriteResult.Mismatch));
        Assert.That(content.IsPresent(0), Is.False);
        Assert.That(content.Write(0, Right), Is.EqualTo(BlockWriteResult.Stored));
        Assert.That(content.IsComplete, Is.True);
        Assert.That(content.IsVerified, Is.True);
    }

    [Test]
    public void A_damaged_block_of_a_verified_content_takes_no_other_bytes_after_a_restart()
    {
        using (var content = Verified(2 * BlockSize))
        {
            TemporaryCache.Overwrite(Temporary.ContentFiles().Single(), 3, "damage");
            content.Read(0, 0, new byte[BlockSize]);
        }
        Cache.Dispose();
        Cache = Temporary.Open();

        using var again = Cache.Contents.Open(Key, 2 * BlockSize);

        Assert.That(again.IsVerified, Is.True);
        Assert.That(again.IsPresent(0), Is.False);
        Assert.That(again.Write(0, Wrong), Is.EqualTo(BlockWriteResult.Mismatch));
    }

    [Test]
    public void A_damaged_block_of_an_unverified_content_takes_any_bytes()
    {
        using var content = Cache.Contents.Open(Key, 2 * BlockSize);
        content.Write(0, Wrong);
        TemporaryCache.Overwrite(Temporary.ContentFiles().Single(), 3, "damage");
        content.Read(0, 0, new byte[BlockSize]);

        Assert.That(content.Write(0, Right), Is.EqualTo(BlockWriteResult.Stored));
    }

    [Test]
    public void Dropping_all_forgets_the_verification_and_the_bytes()
    {
        using var content = Verified(2 * BlockSize);

        content.DropAll();

        Assert.That(content.IsVerified, Is.False);
        Assert.That(content.PresentBytes, Is.Zero);
        Assert.That(Cache.Contents.TotalBytes, Is.Zero);
        Assert.That(new FileInfo(Temporary.ContentFiles().Single()).Length, Is.Zero);
        Assert.That(content.Write(0, Wrong), Is.EqualTo(BlockWriteResult.Stored));
    }

    [Test]
    public void What_is_incomplete_or_has_no_md5_cannot_be_verified()
    {
        using var incomplete = Cache.Contents.Open(Key, 2 * BlockSize);
        using var nameless = Cache.Contents.Open(new ContentKey("no md5", null), BlockSize);
        nameless.Write(0, Right);

        Assert.Throws<InvalidOperationException>(incomplete.MarkVerified);
        Assert.Throws<InvalidOperationException>(nameless.MarkVerified);
    }

    private StoredContent Verified(int length)
    {
        var content = Cache.Contents.Open(Key, length);
        for (var block = 0; block < content.BlockCount; block++)
            content.Write(block, Right);
        content.MarkVerified();
        return content;
    }
}
