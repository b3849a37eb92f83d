namespace SynapseFs.Vfs;

/// <summary>Takes a listing's entries one by one until the host's reply is full.</summary>
public interface IDirectoryWriter
{
    /// <summary>Whether the host passes on <see cref="DirectoryEntry.Details"/> (READDIRPLUS). If false, leave them null.</summary>
    bool WantsDetails { get; }

    /// <summary>
    /// Adds an entry, or returns false when it does not fit: then stop, the host will ask again from its cookie. An entry
    /// that was taken together with its details counts as one lookup of that inode, to be undone by Forget.
    /// </summary>
    bool TryAdd(in DirectoryEntry entry);
}
