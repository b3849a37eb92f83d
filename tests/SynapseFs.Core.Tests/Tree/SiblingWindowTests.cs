using SynapseFs.Core.Tree;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Tree;

internal sealed class SiblingWindowTests
{
    [Test]
    public void The_window_follows_the_program_and_hands_out_each_sibling_once()
    {
        var window = new SiblingWindow([.. Enumerable.Range(10, 10).Select(Inode)], 3);

        Assert.That(window.Next(Inode(10)), Is.EqualTo(new[] { 11, 12, 13 }.Select(Inode)));
        Assert.That(window.Next(Inode(10)), Is.Empty);
        Assert.That(window.Next(Inode(11)), Is.EqualTo(new[] { Inode(14) }));
        Assert.That(window.Next(Inode(13)), Is.EqualTo(new[] { 15, 16 }.Select(Inode)));
    }

    [Test]
    public void A_program_that_jumps_is_followed_to_where_it_is()
    {
        var window = new SiblingWindow([.. Enumerable.Range(10, 10).Select(Inode)], 2);
        _ = window.Next(Inode(10)).ToList();

        Assert.That(window.Next(Inode(15)), Is.EqualTo(new[] { 16, 17 }.Select(Inode)));
        Assert.That(window.Next(Inode(11)), Is.EqualTo(new[] { 12, 13 }.Select(Inode)));
        Assert.That(window.Next(Inode(19)), Is.Empty);
    }

    [Test]
    public void What_is_no_file_of_the_directory_moves_nothing() =>
        Assert.That(new SiblingWindow([Inode(1)], 5).Next(Inode(99)), Is.Empty);

    private static InodeNumber Inode(int number) => new((ulong)number);
}
