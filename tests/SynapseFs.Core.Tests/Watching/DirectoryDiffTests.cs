using SynapseFs.Core.Providers;
using SynapseFs.Core.Watching;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Watching;

internal sealed class DirectoryDiffTests
{
    [TestCase("a:1:r", "a:1:r", "", "", "")]
    [TestCase("", "a:1:r b:2:r", "a b", "", "")]
    [TestCase("a:1:r b:2:r", "", "", "", "a b")]
    [TestCase("a:1:r", "a:1:s", "", "a>a", "")]
    [TestCase("a:1:r", "b:1:r", "", "a>b", "")]
    [TestCase("a:1:r b:2:r", "b:1:r a:2:r", "", "a>b b>a", "")]
    [TestCase("a:1:r", "a:2:r", "a", "", "a")]
    [TestCase("a:1:r b:1:r", "b:1:r c:1:r", "", "a>c", "")]
    [TestCase("a:1:r b:1:r", "b:1:r", "", "", "a")]
    public void Things_are_compared_by_identity_not_by_name(string rows, string children, string added, string changed, string gone)
    {
        var diff = DirectoryDiff.Between(Parse(rows).Select(Row), [.. Parse(children).Select(Child)]);

        Assert.That(diff.Added.Select(child => child.Name), Is.EquivalentTo(Words(added)));
        Assert.That(diff.Changed.Select(change => $"{change.Row.Name}>{change.Child.Name}"), Is.EquivalentTo(Words(changed)));
        Assert.That(diff.Gone.Select(row => row.Name), Is.EquivalentTo(Words(gone)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string[]> Parse(string text) => Words(text).Select(word => word.Split(':'));

    private static NodeRow Row(string[] parts) => new()
    {
        Inode = new InodeNumber((ulong)parts[0][0]),
        Parent = InodeNumber.Root,
        Name = parts[0],
        Kind = "k",
        RemoteId = parts[1],
        Revision = parts[2],
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
    };

    private static RemoteChild Child(string[] parts) => new()
    {
        Name = parts[0],
        Kind = new NodeKind("k"),
        RemoteId = parts[1],
        Revision = parts[2],
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
    };
}
