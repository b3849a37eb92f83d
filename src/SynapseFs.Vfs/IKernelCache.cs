namespace SynapseFs.Vfs;

/// <summary>
/// What a filesystem may tell the kernel that hosts it. Implemented by hosts, handed in with <see cref="IFileSystem.Attach"/>.
/// All calls return at once and are carried out in order from a task of the host's own; a kernel that does not know the thing
/// ignores them. Never call under a lock that a verb may need: the kernel can hold the directory's lock while it waits for us.
/// </summary>
public interface IKernelCache
{
    /// <summary>Whether the kernel reads backing files itself (<see cref="OpenResult.BackingFile"/>); never changes.</summary>
    bool TakesBackingFiles { get; }

    /// <summary>Forget that <paramref name="name"/> in <paramref name="parent"/> leads anywhere: ask again.</summary>
    void InvalidateEntry(InodeNumber parent, FileName name);

    /// <summary>The name is gone from the directory: like InvalidateEntry, and who watches the thing itself (inotify) hears of its deletion.</summary>
    void NotifyDeleted(InodeNumber parent, InodeNumber child, FileName name);

    /// <summary>Drop cached pages and attributes of the inode.</summary>
    void InvalidateContent(InodeNumber inode);

    /// <summary>Drop cached attributes of the inode, keep its pages.</summary>
    void InvalidateAttributes(InodeNumber inode);
}
