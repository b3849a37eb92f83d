using SynapseFs.Core.Staging;

namespace SynapseFs.Core.Tests.Writing;

internal sealed class UseCountTests
{
    [Test]
    public void It_closes_with_the_last_use_after_its_owner_let_go()
    {
        var uses = new UseCount();
        uses.Enter();
        uses.Enter();

        Assert.That(uses.Leave(), Is.False);
        Assert.That(uses.LetGo(), Is.False);
        Assert.That(uses.Leave(), Is.True);
        Assert.That(uses.Enter, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Letting_go_twice_counts_once()
    {
        var uses = new UseCount();
        uses.Enter();

        uses.LetGo();

        Assert.That(uses.LetGo(), Is.False);
        Assert.That(uses.Leave(), Is.True);
    }
}
