using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Watching;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>
/// The answers to what the remote side refuses: the remote thing stays as it is, what was written here is kept, beside it where both
/// cannot have one name. Every answer is told. native-notes/writing.md has the table.
/// </summary>
internal sealed class Refusals(
    MountParts parts, TreeChanges changes, NodeTree tree, Journal journal, LocalChanges local, InodeReferences references, KernelNews news,
    Notices notices)
{
    private readonly NodeTable _nodes = parts.Cache.Nodes;

    /// <summary>Answers a refused entry; false when nothing can be done but to wait for somebody.</summary>
    public bool TryAnswer(NodeRow sent, ChangeRefusedException refusal)
    {
        switch (refusal.Refusal)
        {
            case ChangeRefusal.NameTaken:
                return SecondName(sent.Inode, "the name was taken remotely");
            case ChangeRefusal.ContentChanged:
                return Split(sent.Inode, "it was changed remotely");
            case ChangeRefusal.Impossible when changes.ProviderOf(sent).IsUnderstood:
                return sent.IsLocal ? SecondName(sent.Inode, refusal.Message) : Split(sent.Inode, refusal.Message);
            case ChangeRefusal.PlaceChanged:
                return GiveWay(sent.Inode);
            case ChangeRefusal.Gone:
                return Gone(sent.Inode);
            case ChangeRefusal.ParentGone:
                local.Orphan(sent.Parent);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Answers a refused deletion: the thing is shown again. False when it may succeed later.</summary>
    public bool TryAnswer(DeletionEntry deletion, ChangeRefusedException refusal)
    {
        if (refusal.Refusal is ChangeRefusal.NotSignedIn)
            return false;
        lock (local.Names)
            journal.Apply(new StateChange { Undeleted = [deletion.RemoteId] });
        if (deletion.Parent != default)
            LookAgain(deletion.Parent, deletion.Name);
        notices.Add($"'{deletion.Name}' was not deleted remotely and is shown again: {refusal.Message}");
        return true;
    }

    // Something else has the name: ours goes on under a second one.
    private bool SecondName(InodeNumber inode, string why)
    {
        lock (local.Names)
        {
            if (_nodes.Get(inode) is not { IsDetached: false } row)
                return true;
            using var gates = new Gates(changes, row.Parent);
            var name = local.ConflictName(row.Parent, row.Name);
            var draft = new Draft(journal);
            local.Place(draft, row, changes.Require(row.Parent), name);
            if (row.IsLocal)
                draft.Put(draft.Now(row) with { Kind = changes.ProviderOf(row).KindBeside.Name });
            local.Apply(draft);
            Told(row, name, why);
        }

        return true;
    }

    // Somebody else's content stands: ours becomes a new file beside it.
    private bool Split(InodeNumber inode, string why)
    {
        lock (local.Names)
        {
            if (_nodes.Get(inode) is not { IsDetached: false, IsLocal: false } row)
                return true;
            using var gates = new Gates(changes, row.Parent);
            var draft = new Draft(journal);
            var isHome = draft.EntryOf(row)?.RemoteParent is null;
            var name = local.ConflictName(row.Parent, row.Name);
            var beside = changes.ProviderOf(row).KindBeside.Name;
            var ours = local.BecomeLocal(draft, row, name);
            draft.Put(ours with { Name = name, Kind = beside == row.Kind ? ours.Kind : beside });
            if (isHome)
                draft.Insert(Remains(row), null);
            local.Apply(draft);
            Told(row, name, why);
        }

        return true;
    }

    // It was renamed remotely: that stands. What was written goes up under the remote name.
    private bool GiveWay(InodeNumber inode)
    {
        NodeRow? row;
        lock (local.Names)
        {
            row = _nodes.Get(inode);
            if (row is not { IsDetached: false, IsLocal: false } || journal.Find(inode) is not { RemoteParent: not null } entry)
                return true;
            using var gates = new Gates(changes, row.Parent);
            var draft = new Draft(journal);
            if (entry.Staged is not null || journal.IsWritten(row))
            {
                draft.Put(entry with { RemoteParent = null, RemoteName = null });
            }
            else
            {
                local.Drop(draft, row);
                news.Deleted(row.Parent, row.Inode, row.Name);
            }

            local.Apply(draft);
        }

        LookAgain(row.Parent, row.Name);
        notices.Add($"'{row.Name}' was renamed or moved remotely at the same time; the remote place stands.");
        return true;
    }

    private bool Gone(InodeNumber inode)
    {
        if (_nodes.Get(inode) is not { IsDetached: false } row)
            return true;
        if (journal.IsWritten(row) || changes.ProviderOf(row).Type == NodeType.Directory)
        {
            local.Orphan(inode);
            return true;
        }

        lock (local.Names)
        {
            using var gates = new Gates(changes, row.Parent);
            var draft = new Draft(journal);
            local.Drop(draft, row);
            local.Apply(draft);
        }

        news.Deleted(row.Parent, row.Inode, row.Name);
        notices.Add($"'{row.Name}' was deleted remotely before its new name or place was sent; it is gone here too.");
        return true;
    }

    private static NodeRow Remains(NodeRow row) => row with
    {
        Inode = default,
        Revision = string.Empty,
        Details = null,
        LocalLength = null,
        LocalModified = null,
        LocalPermissions = null,
    };

    private void Told(NodeRow row, string name, string why)
    {
        news.EntryChanged(row.Parent, row.Name);
        news.EntryChanged(row.Parent, name);
        tree.EndLeases(row.Parent);
        notices.Add($"'{changes.PathOf(row)}': {why}; what was written here is kept as '{name}'.");
    }

    private void LookAgain(InodeNumber directory, string name)
    {
        tree.EndLeases(directory);
        if (references.Holds(directory))
            news.EntryChanged(directory, name);
    }
}
