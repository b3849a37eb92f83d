namespace SynapseFs.Vfs;

/// <summary>Walks a path to its inode by lookups, for hosts and tools that think in paths. Does not follow symbolic links.</summary>
public static class PathWalker
{
    /// <summary>
    /// The entry that <paramref name="path"/> leads to ('/' separated, relative to the root), or null when a name is missing. The
    /// caller holds one reference to it, as after a lookup; the directories passed through are given back. The root holds none.
    /// </summary>
    public static async ValueTask<Entry?> WalkAsync(
        IFileSystem fileSystem, Caller caller, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        ArgumentNullException.ThrowIfNull(path);
        Entry? at = null;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var parent = at?.Attributes.Inode ?? InodeNumber.Root;
            try
            {
                at = await fileSystem.LookupAsync(caller, parent, FileName.Create(part), cancellationToken);
            }
            finally
            {
                if (parent != InodeNumber.Root)
                    fileSystem.Forget(parent, 1);
            }

            if (at is null)
                return null;
        }

        return at ?? await fileSystem.GetAttributesAsync(caller, InodeNumber.Root, null, cancellationToken);
    }
}
