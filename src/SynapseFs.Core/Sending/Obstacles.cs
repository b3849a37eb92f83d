using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>What keeps a change from being sent: its own refusal, or that of a directory which has to be there first.</summary>
internal sealed class Obstacles(MountParts parts, TreeChanges changes, Journal journal, Attempts attempts)
{
    private readonly NodeTable _nodes = parts.Cache.Nodes;

    /// <summary>Null when none is known.</summary>
    public Obstacle? Of(JournalEntry entry, NodeRow row)
    {
        if (attempts.IsEmpty)
            return null;
        if (RefusalOf(row.Inode) is { } own)
            return own;
        for (var at = NeedsPlace(entry) ? _nodes.Get(row.Parent) : null; at is not null && at.Inode != InodeNumber.Root; at = _nodes.Get(at.Parent))
        {
            if (journal.Find(at.Inode) is { } above && NeedsPlace(above) && RefusalOf(at.Inode) is { } refusal)
                return refusal with { Reason = $"{changes.PathOf(at)} is blocked: {refusal.Reason}" };
        }

        return null;
    }

    private static bool NeedsPlace(JournalEntry entry) => entry.IsNew || entry.RemoteParent is not null;

    private Obstacle? RefusalOf(InodeNumber inode) =>
        Drainer.KeyOf(inode) is var key && attempts.Of(key) is { IsRefused: true } attempt ? new Obstacle(key, attempt.Reason) : null;
}

/// <param name="Key">Of the attempts that were refused.</param>
/// <param name="Reason">In words for a person.</param>
internal sealed record Obstacle(string Key, string Reason);
