using SynapseFs.Core.Tree;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Tree;

internal sealed class InodeReferencesTests
{
    private static readonly InodeNumber Inode = new(7);

    [Test]
    public void A_row_without_a_name_can_go_when_the_last_reference_is_forgotten()
    {
        var references = new InodeReferences();
        references.Add(Inode);
        references.Add(Inode);

        Assert.That(references.TryDetach(Inode), Is.True);
        Assert.That(references.Forget(Inode, 1), Is.False);
        Assert.That(references.Forget(Inode, 1), Is.True);
        Assert.That(references.Holds(Inode), Is.False);
    }

    [Test]
    public void A_row_with_a_name_stays_when_the_kernel_forgets_it()
    {
        var references = new InodeReferences();
        references.Add(Inode);

        Assert.That(references.Forget(Inode, 1), Is.False);
        Assert.That(references.Count, Is.Zero);
    }

    [Test]
    public void The_room_that_very_many_took_is_given_back_when_they_are_forgotten()
    {
        var references = new InodeReferences();
        const int Many = 100_000;
        for (var inode = 2UL; inode < Many; inode++)
            references.Add(new InodeNumber(inode));
        Assert.That(references.Capacity, Is.GreaterThanOrEqualTo(references.Count));

        for (var inode = 2UL; inode < Many; inode++)
            references.Forget(new InodeNumber(inode), 1);

        Assert.That(references.Count, Is.Zero);
        Assert.That(references.Capacity, Is.LessThan(Many / 10));
    }

    [Test]
    public void What_the_kernel_does_not_hold_needs_no_row_without_a_name() =>
        Assert.That(new InodeReferences().TryDetach(Inode), Is.False);

    [Test]
    public void The_root_is_always_held() => Assert.That(new InodeReferences().Holds(InodeNumber.Root), Is.True);
}
