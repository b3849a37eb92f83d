using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

internal sealed class DoubtTableTests
{
    private readonly TemporaryCache _temporary = new();
    private CacheDirectory _cache = null!;

    [SetUp]
    public void Open() => _cache = _temporary.Open();

    [TearDown]
    public void Close()
    {
        _cache.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void What_is_in_doubt_stays_so_after_a_restart_until_it_is_deleted()
    {
        var content = Rows.InDoubt();
        _cache.Doubts.Put(content with { Finding = DoubtFinding.Unchecked, Paths = [] });
        _cache.Doubts.Put(content);
        _cache.Doubts.Put(content with { Key = new ContentKey("other", null), Paths = ["/z\n\"quoted\""] });
        _cache.Dispose();
        _cache = _temporary.Open();

        var all = _cache.Doubts.Read();
        Assert.That(all.Select(one => one.Key), Is.EqualTo(new[] { content.Key, new ContentKey("other", null) }));
        Assert.That(all[0], Is.EqualTo(content with { Paths = all[0].Paths }));
        Assert.That(all[0].Paths, Is.EqualTo(content.Paths));
        Assert.That(all[1].Paths, Is.EqualTo(new[] { "/z\n\"quoted\"" }));

        _cache.Doubts.Delete(content.Key);
        Assert.That(_cache.Doubts.Read().Single().Key.Id, Is.EqualTo("other"));
    }

    [Test]
    public void What_is_in_doubt_is_read_without_taking_the_directory()
    {
        _cache.Doubts.Put(Rows.InDoubt());
        _cache.Dispose();

        Assert.That(DoubtTable.ReadFrom(_temporary.Path).Single().Paths, Is.EqualTo(Rows.InDoubt().Paths));
        Assert.That(DoubtTable.ReadFrom(_temporary.File("nowhere")), Is.Empty);
    }
}
