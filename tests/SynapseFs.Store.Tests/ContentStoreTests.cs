using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

public sealed class ContentStoreTests
{
    private const int BlockSize = TemporaryCache.BlockSize;

    private TemporaryCache _temporary = null!;
    private CacheDirectory _cache = null!;

    private ContentStore Contents => _cache.Contents;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache { Options = new() { BlockSize = BlockSize, SmallContentLimit = 512, CacheSize = 4 * BlockSize } };
        _cache = _temporary.Open();
    }

    [TearDown]
    public void TearDown()
    {
        _cache.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void Openers_of_one_key_share_one_content()
    {
        using var one = Contents.Open(Key("a"), 2 * BlockSize);
        using var other = Contents.Open(Key("a"), 2 * BlockSize);

        Assert.That(other, Is.SameAs(one));
    }

    [Test]
    public void The_same_id_with_another_md5_is_another_content()
    {
        Fill("a", 1);
        using var other = Contents.Open(new ContentKey("a", "ffffffffffffffffffffffffffffffff"), BlockSize);
        using var unknown = Contents.Open(new ContentKey("a", null), BlockSize);

        Assert.That(other.IsPresent(0), Is.False);
        Assert.That(unknown.IsPresent(0), Is.False);
    }

    [Test]
    public void Open_content_cannot_have_two_lengths()
    {
        using var content = Contents.Open(Key("a"), 2 * BlockSize);

        Assert.That(() => Contents.Open(Key("a"), BlockSize).Dispose(), Throws.ArgumentException);
    }

    [Test]
    public void Content_that_comes_back_with_another_length_starts_anew()
    {
        Fill("a", 2);

        using var again = Contents.Open(Key("a"), 3 * BlockSize);

        Assert.That(again.PresentBytes, Is.Zero);
        Assert.That(Contents.TotalBytes, Is.Zero);
        Assert.That(_temporary.ContentFiles(), Is.Empty);
    }

    [Test]
    public void The_least_recently_used_content_goes_first()
    {
        Fill("a", 1);
        Fill("b", 1);
        Fill("c", 1);
        Fill("d", 1);
        Use("a", 1);

        Fill("e", 2);

        Assert.That(Cached("a", "b", "c", "d", "e"), Is.EqualTo(new[] { 1, 0, 0, 1, 2 }));
        Assert.That(Contents.TotalBytes, Is.EqualTo(4 * BlockSize));
        Assert.That(_temporary.ContentFiles(), Has.Length.EqualTo(3));
    }

    [Test]
    public void Open_content_is_never_dropped_though_it_exceeds_the_size()
    {
        using var pinned = Contents.Open(Key("a"), 6 * BlockSize);
        Fill("b", 2);

        Write(pinned);

        Assert.That(Cached("a", "b"), Is.EqualTo(new[] { 6, 0 }));
        Assert.That(pinned.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
    }

    [Test]
    public void What_exceeds_the_size_goes_when_it_is_closed()
    {
        var first = Contents.Open(Key("a"), 6 * BlockSize);
        using var second = Contents.Open(Key("a"), 6 * BlockSize);
        Write(first);

        first.Dispose();
        Assert.That(Cached("a"), Is.EqualTo(new[] { 6 }));
        second.Dispose();

        Assert.That(Cached("a"), Is.EqualTo(new[] { 0 }));
        Assert.That(Contents.TotalBytes, Is.Zero);
        Assert.That(_temporary.ContentFiles(), Is.Empty);
    }

    [Test]
    public void The_order_of_use_survives_a_restart()
    {
        Fill("a", 1);
        Fill("b", 1);
        Fill("c", 1);
        Use("a", 1);
        _cache.Dispose();
        _cache = _temporary.Open();

        Fill("d", 2);

        Assert.That(Cached("a", "b", "c", "d"), Is.EqualTo(new[] { 1, 0, 1, 2 }));
    }

    [Test]
    public void Small_contents_count_and_go_like_others()
    {
        using (var small = Contents.Open(Key("small"), 500))
            small.Write(0, new byte[500]);
        _temporary.Time.Advance(TimeSpan.FromMinutes(2));

        Fill("b", 4);

        Assert.That(Contents.CachedBytes(Key("small")), Is.Zero);
        Assert.That(Contents.TotalBytes, Is.EqualTo(4 * BlockSize));
    }

    [Test]
    public void A_smaller_size_is_kept_from_the_next_write_on()
    {
        Fill("a", 2);
        Fill("b", 2);
        _cache.Dispose();
        using var smaller = CacheDirectory.Open(
            _temporary.Path, _temporary.Options with { CacheSize = 2 * BlockSize }, _temporary.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        smaller.Contents.Trim();

        Assert.That(smaller.Contents.TotalBytes, Is.EqualTo(2 * BlockSize));
        Assert.That(smaller.Contents.CachedBytes(Key("b")), Is.EqualTo(2 * BlockSize));
    }

    [Test]
    public void The_total_is_right_after_many_things_happened_at_once()
    {
        Parallel.For(0, 64, i =>
        {
            using var content = Contents.Open(Key($"{i % 16}"), 2 * BlockSize);
            Write(content);
            if (i % 7 == 0)
                content.DropAll();
        });

        var sum = Enumerable.Range(0, 16).Sum(i => Contents.CachedBytes(Key($"{i}")));
        Assert.That(Contents.TotalBytes, Is.EqualTo(sum).And.LessThanOrEqualTo(4 * BlockSize));
        _cache.Dispose();
        _cache = _temporary.Open();
        Assert.That(Contents.TotalBytes, Is.EqualTo(sum));
    }

    [Test]
    public void Content_outlives_the_directory_that_is_closed_too_early()
    {
        var content = Contents.Open(Key("a"), 2 * BlockSize);
        content.Write(0, new byte[BlockSize]);
        _cache.Dispose();

        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
        Assert.That(() => content.Write(1, new byte[BlockSize]), Throws.Nothing);
        Assert.That(content.Dispose, Throws.Nothing);
    }

    private static ContentKey Key(string id) => new(id, "0123456789abcdef0123456789abcdef");

    private static void Write(StoredContent content)
    {
        for (var block = 0; block < content.BlockCount; block++)
            content.Write(block, new byte[BlockSize]);
    }

    private void Fill(string id, int blocks)
    {
        using (var content = Contents.Open(Key(id), blocks * BlockSize))
            Write(content);
        _temporary.Time.Advance(TimeSpan.FromMinutes(2));
    }

    private void Use(string id, int blocks)
    {
        Contents.Open(Key(id), blocks * BlockSize).Dispose();
        _temporary.Time.Advance(TimeSpan.FromMinutes(2));
    }

    private int[] Cached(params string[] ids) => [.. ids.Select(id => (int)(Contents.CachedBytes(Key(id)) / BlockSize))];
}
