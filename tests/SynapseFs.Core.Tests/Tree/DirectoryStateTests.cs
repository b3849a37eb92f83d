using Microsoft.Extensions.Time.Testing;
using SynapseFs.Core.Tree;

namespace SynapseFs.Core.Tests.Tree;

internal sealed class DirectoryStateTests
{
    private static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    [Test]
    public void Names_whose_lease_has_ended_are_forgotten_before_many_come_together()
    {
        var time = new FakeTimeProvider();
        var state = new DirectoryState();
        Find(state, "early", 3000, time);

        time.Advance(Believed);
        Find(state, "late", 3000, time);

        Assert.That(Enumerable.Range(0, 3000).Count(i => state.WasLookedUp($"early{i}")), Is.Zero);
        Assert.That(Enumerable.Range(0, 3000).All(i => state.WasLookedUp($"late{i}")));
    }

    private static void Find(DirectoryState state, string prefix, int count, FakeTimeProvider time)
    {
        for (var i = 0; i < count; i++)
            state.SetFound($"{prefix}{i}", Lease.For(Believed, time), time);
    }
}
