using SynapseFs.Testing.Memory;

namespace SynapseFs.Vfs.Tests;

internal sealed class PathWalkerTests
{
    [TestCase("/")]
    [TestCase("")]
    public async Task An_empty_path_is_the_root(string path) =>
        Assert.That((await WalkAsync(Tree(), path))!.Value.Attributes.Inode, Is.EqualTo(InodeNumber.Root));

    [TestCase("one/two/file")]
    [TestCase("/one//two/file/")]
    public async Task A_path_leads_to_its_inode(string path) =>
        Assert.That((await WalkAsync(Tree(), path))!.Value.Attributes, Has.Property("Type").EqualTo(NodeType.File).And.Property("Length").EqualTo(3));

    [TestCase("one/three")]
    [TestCase("none/two")]
    public async Task A_missing_name_anywhere_is_null(string path) => Assert.That(await WalkAsync(Tree(), path), Is.Null);

    [Test]
    public async Task A_symbolic_link_is_not_followed()
    {
        var tree = Tree();
        tree.AddSymbolicLink("link", "one");

        Assert.That((await WalkAsync(tree, "link"))!.Value.Attributes.Type, Is.EqualTo(NodeType.SymbolicLink));
    }

    [Test]
    public async Task The_end_is_held_and_the_way_is_given_back()
    {
        var tree = Tree();
        var file = (await WalkAsync(tree, "one/two/file"))!.Value.Attributes.Inode;

        tree.Remove("one/two/file");
        tree.Remove("one/two");
        tree.Remove("one");

        Assert.That(tree.NodeCount, Is.EqualTo(2), "the root and what the walk holds");
        tree.Forget(file, 1);
        Assert.That(tree.NodeCount, Is.EqualTo(1));
    }

    private static MemoryFileSystem Tree()
    {
        var tree = new MemoryFileSystem(new MemoryFileSystemOptions(), TimeProvider.System);
        tree.AddDirectory("one");
        tree.AddDirectory("one/two");
        tree.SetContent("one/two/file", "abc"u8);
        return tree;
    }

    private static async Task<Entry?> WalkAsync(MemoryFileSystem tree, string path) =>
        await PathWalker.WalkAsync(tree, Caller.Internal, path, CancellationToken.None);
}
