using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

internal sealed class AheadTableTests
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
    public void What_was_put_is_found_by_its_remote_id_and_survives_a_restart()
    {
        Read("view", "mark", isWhole: true, "syn1", "syn2");
        _cache.Dispose();
        _cache = _temporary.Open();

        var found = _cache.Ahead.Find(["syn2", "syn3", "it's \"quoted\""]);

        Assert.That(found.Keys, Is.EqualTo(new[] { "syn2" }));
        Assert.That(found["syn2"], Is.EqualTo(Details() with { DescribedOn = found["syn2"].DescribedOn, Xattrs = found["syn2"].Xattrs }));
        Assert.That(found["syn2"].Xattrs, Is.EquivalentTo(Details().Xattrs));
        Assert.That(_cache.Ahead.MarkOf("view"), Is.EqualTo("mark"));
    }

    [Test]
    public void A_whole_reading_replaces_what_was_there_and_one_of_changes_adds_to_it()
    {
        Read("view", "1", isWhole: true, "syn1", "syn2");
        Read("view", "2", isWhole: false, "syn3");
        Assert.That(_cache.Ahead.Count, Is.EqualTo(3));

        Read("view", "3", isWhole: true, "syn1");

        Assert.That(_cache.Ahead.Find(["syn1", "syn2", "syn3"]).Keys, Is.EqualTo(new[] { "syn1" }));
    }

    [Test]
    public void A_reading_that_did_not_end_leaves_the_mark_as_it_was()
    {
        Read("view", "1", isWhole: true, "syn1");
        _cache.Ahead.Put("view", _cache.Ahead.Begin("view"), [new AheadDetails("syn2", Details())]);

        Assert.That(_cache.Ahead.MarkOf("view"), Is.EqualTo("1"));
        Assert.That(_cache.Ahead.Find(["syn1", "syn2"]), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_source_is_forgotten_with_all_that_it_told_and_no_other()
    {
        Read("view", "1", isWhole: true, "syn1");
        Read("other", "1", isWhole: true, "syn2");

        _cache.Ahead.Forget("view");

        Assert.That(_cache.Ahead.MarkOf("view"), Is.Null);
        Assert.That(_cache.Ahead.Find(["syn1", "syn2"]).Keys, Is.EqualTo(new[] { "syn2" }));
    }

    private void Read(string source, string mark, bool isWhole, params string[] ids)
    {
        var round = _cache.Ahead.Begin(source);
        _cache.Ahead.Put(source, round, [.. ids.Select(id => new AheadDetails(id, Details()))]);
        _cache.Ahead.End(source, round, mark, isWhole);
    }

    private static NodeDetails Details() => Rows.Details() with
    {
        LinkTarget = null,
        Denied = null,
        BelievedUntil = null,
        Depth = DetailsDepth.Outline,
    };
}
