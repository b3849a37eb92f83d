using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// An open directory. Its names are frozen when its beginning is read, and again at each return to it; a cookie is the index of the next
/// name, so it stays good in between. Rows are kept for a page of them only.
/// </summary>
/// <param name="inode">The directory.</param>
/// <param name="version">Of the table when it was opened.</param>
/// <param name="told">
/// For a directory whose names the kernel holds already: its children as they are now. The kernel may lose its names halfway and go on here.
/// </param>
internal sealed class OpenDirectory(InodeNumber inode, long version, ChildrenSnapshot? told)
{
    // Rows of the names from one place on; where a name is not listed the rest is out of step.
    private IReadOnlyList<NodeRow> _page = [];
    private int _start;

    public InodeNumber Inode { get; } = inode;

    /// <summary>As long as the table has this version, the rows are so still.</summary>
    public long Version { get; private set; } = version;

    /// <summary>The listing; null before its beginning was read.</summary>
    public IReadOnlyList<ListedName>? Names { get; private set; }

    /// <summary>What is read where the kernel goes on with what it was told when the directory was opened.</summary>
    public ChildrenSnapshot? Told { get; private set; } = told;

    /// <param name="names">The listing.</param>
    /// <param name="first">Rows of the first names.</param>
    /// <param name="version">Of the table when it was read.</param>
    public void Begin(IReadOnlyList<ListedName> names, IReadOnlyList<NodeRow> first, long version)
    {
        (Names, Version) = (names, version);
        (_page, _start) = (first, 0);
        Close();
    }

    /// <summary>
    /// The row of one of the names; with the rows of those that follow where it has to be read. Null when it is gone. It is the row of the
    /// listing if the table still has its version afterwards.
    /// </summary>
    public NodeRow? RowOf(int index, NodeTable nodes)
    {
        var inode = Names![index].Inode;
        if (InPage(index, inode) is { } row)
            return row;
        var before = index == 0 ? string.Empty : Names[index - 1].Name;
        (_page, _start) = (nodes.GetChildren(Inode, before, NodeTable.ChildrenPage), index);
        return InPage(index, inode) ?? nodes.Get(inode);
    }

    /// <summary>Nobody reads on where the kernel's names end.</summary>
    public void Close()
    {
        Told?.Dispose();
        Told = null;
    }

    private NodeRow? InPage(int index, InodeNumber inode)
    {
        var place = index - _start;
        return place >= 0 && place < _page.Count && _page[place].Inode == inode ? _page[place] : _page.FirstOrDefault(row => row.Inode == inode);
    }
}
