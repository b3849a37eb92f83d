using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests;

/// <summary>Takes so many entries of a listing, like a reply of limited size.</summary>
internal sealed class ListWriter(bool wantsDetails, int room) : IDirectoryWriter
{
    public List<DirectoryEntry> Entries { get; } = [];

    public bool WantsDetails => wantsDetails;

    public bool TryAdd(in DirectoryEntry entry)
    {
        if (Entries.Count == room)
            return false;
        Entries.Add(entry);
        return true;
    }
}
