using System.Collections.ObjectModel;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>Extended attributes.</summary>
internal sealed partial class LocalChanges
{
    /// <summary>The remote side is to have an extended attribute, or with null to have it no more.</summary>
    /// <exception cref="FsException">Stale, AccessDenied, NoSpace.</exception>
    public void SetXattr(InodeNumber inode, string name, string? value, string? form) => ChangeXattrs(inode, row =>
    {
        RequireRight(row, NodeRights.Change);
        var draft = new Draft(journal);
        var entry = draft.EntryOrNew(row);
        entry = entry with { Xattrs = OwnXattrs.With(entry.Xattrs, name, value, form, row.Details, row.IsLocal) };
        PutOrSettle(draft, row, entry);
        Apply(draft);
    });

    /// <summary>An extended attribute that stays on this machine; null: it goes.</summary>
    /// <exception cref="FsException">Stale, NoSpace.</exception>
    public void SetLocalXattr(InodeNumber inode, string name, byte[]? value) => ChangeXattrs(inode, row =>
    {
        var xattrs = new Dictionary<string, byte[]>(row.LocalXattrs, StringComparer.Ordinal);
        if (value is null)
            xattrs.Remove(name);
        else
            xattrs[name] = value;
        var draft = new Draft(journal);
        draft.Put(row with { LocalXattrs = xattrs.Count == 0 ? ReadOnlyDictionary<string, byte[]>.Empty : xattrs });
        Apply(draft);
    });

    /// <summary>The remote side has them now; what was wanted anew meanwhile is still to be sent.</summary>
    /// <param name="shown">All that the remote side has, as they are shown.</param>
    public void SettleXattrs(InodeNumber inode, string remoteId, XattrChanges sent, IReadOnlyDictionary<string, string>? shown)
    {
        lock (Names)
        {
            if (_nodes.Get(inode) is not { IsDetached: false } row || row.RemoteId != remoteId || journal.Find(inode) is not { } entry)
                return;
            using var gates = new Gates(changes, row.Parent);
            changes.OutdateNews(row.Parent, left: null);
            var draft = new Draft(journal);
            PutOrSettle(draft, row, entry with { Xattrs = OwnXattrs.Sent(entry.Xattrs, sent) });
            // At once with the journal: nobody sees the old ones in between.
            if (row.Details is { } details && shown is not null)
                draft.Put(row with { Details = details with { Xattrs = shown } });
            Apply(draft);
        }
    }

    /// <summary>The remote side does not take them: it is shown what it has.</summary>
    /// <param name="names">Which of them; empty: all.</param>
    public void GiveUpXattrs(InodeNumber inode, XattrChanges refused, IReadOnlyCollection<string> names)
    {
        lock (Names)
        {
            if (_nodes.Get(inode) is not { } row || journal.Find(inode) is not { } entry)
                return;
            using var gates = new Gates(changes, row.Parent);
            var draft = new Draft(journal);
            PutOrSettle(draft, row, entry with { Xattrs = OwnXattrs.GivenUp(entry.Xattrs, refused, names) });
            Apply(draft);
        }
    }

    /// <summary>A change that waits goes on with the inode that the remote thing has now; without one there is nothing left to change.</summary>
    public void HandOn(NodeRow old)
    {
        lock (Names)
        {
            if (journal.Find(old.Inode) is not { Staged: null, IsNew: false } entry || _nodes.Get(old.Inode) is { IsDetached: false })
                return;
            var heir = _nodes.FindRemote(old.Kind, old.RemoteId)
                .Where(row => !row.IsDetached && journal.Find(row.Inode) is null)
                .OrderByDescending(row => row.Parent == old.Parent).FirstOrDefault();
            if (heir is null)
                notices.Add($"'{old.Name}' was deleted remotely before its change was sent; it is gone here too.");
            var draft = new Draft(journal);
            draft.Settle(old);
            if (heir is not null)
                draft.Put(entry with { Inode = heir.Inode });
            Apply(draft);
        }
    }

    /// <summary>What the last process did not come to.</summary>
    public void HandOnAll()
    {
        foreach (var entry in journal.Entries)
        {
            if (_nodes.Get(entry.Inode) is { IsDetached: true } row)
                HandOn(row);
        }
    }

    private static void PutOrSettle(Draft draft, NodeRow row, JournalEntry entry)
    {
        if (entry.IsDone && row.LocalLength is null)
            draft.Settle(row);
        else
            draft.Put(entry);
    }

    private void ChangeXattrs(InodeNumber inode, Action<NodeRow> change)
    {
        lock (Names)
        {
            var parent = changes.Require(inode).Parent;
            using var gates = new Gates(changes, parent);
            var row = changes.Require(inode);
            if (row.IsDetached)
                throw new FsException(FsError.Stale, $"'{row.Name}' has gone, or has another content by now.");
            change(row);
        }
    }
}
