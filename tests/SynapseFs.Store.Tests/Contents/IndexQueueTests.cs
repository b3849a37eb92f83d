using Microsoft.Extensions.Time.Testing;
using SynapseFs.Store.Contents;

namespace SynapseFs.Store.Tests.Contents;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IndexQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<IndexBatch> _saved = [];

    [Test]
    public void Nothing_is_saved_before_its_time()
    {
        using var queue = new IndexQueue(_time, _saved.Add);

        queue.Add(Change(1));
        _time.Advance(TimeSpan.FromMilliseconds(499));

        Assert.That(_saved, Is.Empty);
        Assert.That(queue.UnsavedBytes, Is.EqualTo(10));
    }

    [Test]
    public void What_came_within_half_a_second_is_saved_together()
    {
        using var queue = new IndexQueue(_time, _saved.Add);

        queue.Add(Change(1));
        _time.Advance(TimeSpan.FromMilliseconds(400));
        queue.Add(Change(2));
        queue.Touch(7, 99);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.That(_saved.Single().Blocks, Is.EqualTo(new[] { Change(1), Change(2) }));
        Assert.That(_saved.Single().Used[7], Is.EqualTo(99));
        Assert.That(queue.UnsavedBytes, Is.Zero);
    }

    [Test]
    public void A_full_batch_is_saved_at_once()
    {
        using var queue = new IndexQueue(_time, _saved.Add);

        for (var block = 0; block < IndexQueue.BatchSize; block++)
            queue.Add(Change(block));

        Assert.That(_saved.Single().Blocks, Has.Count.EqualTo(IndexQueue.BatchSize));
    }

    [Test]
    public void The_rest_is_saved_at_the_end()
    {
        using (var queue = new IndexQueue(_time, _saved.Add))
            queue.Add(Change(1));

        Assert.That(_saved, Has.Count.EqualTo(1));
    }

    private static BlockChange Change(long block) => new(1, block, 5, BlockState.Present, 10);
}
