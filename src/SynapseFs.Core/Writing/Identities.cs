using SynapseFs.Core.Providers;
using SynapseFs.Core.Sending;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// Which node a remote thing belongs to while names change: a name keeps its thing as long as something of its sort stands there, so
/// that however a program saves, id, annotations and history stay.
/// </summary>
internal sealed class Identities(MountParts parts, TreeChanges changes, Journal journal, LocalNames localNames)
{
    private readonly NodeTable _nodes = parts.Cache.Nodes;

    public static NodeRow With(NodeRow row, Identity identity) => row with
    {
        RemoteId = identity.RemoteId,
        Kind = identity.Kind,
        Revision = identity.Revision,
        Details = identity.Details,
    };

    /// <summary>The entry of a node that takes the identity over and stands in the directory of that remote id under that name.</summary>
    public static JournalEntry With(JournalEntry entry, Identity identity, string directory, string name) => entry with
    {
        IsNew = false,
        RemoteParent = identity.IsAt(directory, name) ? null : identity.RemoteParent,
        RemoteName = identity.IsAt(directory, name) ? null : identity.Name,
        BaseRevision = identity.Revision,
        BaseContent = identity.Content,
        Xattrs = OwnXattrs.TakenOver(identity.Xattrs, identity.Details, entry.Xattrs),
    };

    /// <summary>Of a row that has one.</summary>
    public Identity Of(Draft draft, NodeRow row)
    {
        var entry = draft.EntryOf(row);
        var directory = changes.Require(row.Parent);
        var isMoved = entry?.RemoteParent is { } parent && parent != directory.RemoteId;
        return new Identity(
            row.RemoteId, row.Kind, entry?.BaseRevision ?? row.Revision, entry?.BaseContent ?? row.Details?.Content, row.Details,
            isMoved ? default : row.Parent, entry?.RemoteParent ?? directory.RemoteId, entry?.RemoteName ?? row.Name,
            journal.MayBeElsewhere(row.RemoteId), entry?.Xattrs ?? XattrChanges.None);
    }

    /// <summary>The node takes the identity over; its own content is what the remote thing is to get.</summary>
    public void TakeOver(Draft draft, NodeRow heir, Identity identity)
    {
        var row = draft.Now(heir);
        draft.Put(With(row, identity));
        draft.Put(With(draft.EntryOrNew(row), identity, changes.Require(row.Parent).RemoteId, row.Name));
    }

    /// <summary>The row's remote thing is to be deleted, unless a new file stands where the remote side has it: that takes it over.</summary>
    public void Bury(Draft draft, NodeRow row)
    {
        if (row.IsLocal)
            return;
        Bury(draft, row, Of(draft, row));
    }

    /// <summary>As above, of a thing that the row was about to become.</summary>
    public void Bury(Draft draft, NodeRow row, Identity identity)
    {
        if (HeirOf(identity, row) is { } heir)
        {
            TakeOver(draft, heir, identity);
            return;
        }

        draft.Delete(new DeletionEntry
        {
            RemoteId = identity.RemoteId,
            Kind = identity.Kind,
            IsDirectory = changes.ProviderOf(row).Type == NodeType.Directory,
            Sequence = journal.NextSequence(),
            Since = parts.Time.GetUtcNow(),
            Parent = identity.Parent,
            RemoteParent = identity.RemoteParent,
            Name = identity.Name,
            Revision = identity.Revision,
            Content = identity.Content,
        });
    }

    /// <summary>
    /// The row leaves the place where it may already have been made remotely, though no answer has told so: what stands there is to be
    /// looked for and deleted.
    /// </summary>
    public void Haunt(Draft draft, NodeRow row)
    {
        if (!row.IsLocal || draft.EntryOf(row) is not { } entry || SentMark.Parse(entry.SentContent) is not { } mark
            || _nodes.Get(row.Parent) is not { IsLocal: false } directory)
            return;
        draft.Delete(Guess(row, directory, mark.Content));
        draft.Put(entry with { SentContent = null });
    }

    /// <summary>A deletion of what may have been made of the row in that directory.</summary>
    public DeletionEntry Guess(NodeRow row, NodeRow directory, string content)
    {
        var sequence = journal.NextSequence();
        return new DeletionEntry
        {
            RemoteId = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"?{row.Inode.Value}.{sequence}"),
            Kind = row.Kind,
            IsDirectory = changes.ProviderOf(row).Type == NodeType.Directory,
            Sequence = sequence,
            Since = parts.Time.GetUtcNow(),
            Parent = directory.Inode,
            RemoteParent = directory.RemoteId,
            Name = row.Name,
            Content = content.Length == 0 ? null : new ContentKey(content, null),
        };
    }

    /// <summary>
    /// What a new file at that place takes over: a file just deleted there, or one that an editor has just moved aside as its backup.
    /// Null when it is new indeed.
    /// </summary>
    public Identity? Claim(Draft draft, NodeRow directory, string name)
    {
        var deleted = journal.DeletedAt(directory.Inode, name).FirstOrDefault(deletion =>
            deletion is { IsDirectory: false, IsGuess: false } && !journal.IsDeleting(deletion.RemoteId) && IsFile(deletion.Kind));
        if (deleted is not null)
        {
            draft.Undelete(deleted.RemoteId);
            return Identity.Of(deleted, journal.MayBeElsewhere(deleted.RemoteId));
        }

        var backup = journal.MovedFrom(directory.RemoteId).Where(entry => entry.RemoteName == name)
            .Select(entry => _nodes.Get(entry.Inode)).OfType<NodeRow>()
            .FirstOrDefault(row => row is { IsDetached: false, IsLocal: false } && !journal.IsDeleting(row.RemoteId) && row.Parent == directory.Inode && IsFile(row.Kind)
                && BackupNames.IsBackupOf(name, row.Name) && CanBecomeLocal(row));
        if (backup is null)
            return null;
        var identity = Of(draft, backup);
        BecomeLocal(draft, backup, backup.Name);
        return identity;
    }

    /// <summary>Whether the row's content can be kept without its remote thing.</summary>
    public static bool CanBecomeLocal(NodeRow row) =>
        row.LocalLength is not null || row.Details is { Denied: null, Content: not null, Length: not null };

    /// <summary>The row keeps its content and loses its remote thing, which the caller has provided for.</summary>
    /// <param name="name">The name that it is to have in its directory.</param>
    public NodeRow BecomeLocal(Draft draft, NodeRow row, string name)
    {
        var entry = draft.EntryOrNew(row);
        var directory = changes.ProviderOf(changes.Require(row.Parent));
        var local = row with
        {
            Kind = directory.KeepsNewHere || changes.ProviderOf(row).KeepsItsPlace
                ? directory.KindOfNew(NodeType.File, name).Name
                : row.Kind,
            RemoteId = string.Empty,
            Revision = null,
            Details = null,
            LocalLength = row.LocalLength ?? row.Details!.Length,
            LocalModified = row.LocalModified ?? row.Modified,
        };
        draft.Put(local);
        draft.Put(New(entry) with
        {
            Staged = entry.Staged ?? (row.LocalLength is null ? Clone(draft, row) : null),
            Xattrs = Carried(row, entry),
        });
        return local;
    }

    /// <summary>The row's remote thing is gone: what holds ours becomes new, everything else below goes.</summary>
    public void Orphan(Draft draft, NodeRow row, Action<NodeRow> drop)
    {
        draft.Put(row with { RemoteId = string.Empty, Revision = null, Details = null, ListedOn = null });
        var entry = draft.EntryOrNew(row);
        draft.Put(New(entry) with { Xattrs = Carried(row, entry) });
        if (changes.ProviderOf(row).Type != NodeType.Directory)
            return;
        var local = new LocalView(journal, _nodes);
        foreach (var child in _nodes.GetChildren(row.Inode).Where(child => !local.StandsByUs(child)))
        {
            if (local.HoldsOurs(child))
                Orphan(draft, child, drop);
            else
                drop(child);
        }
    }

    private static JournalEntry New(JournalEntry entry) => entry with
    {
        IsNew = true,
        RemoteParent = null,
        RemoteName = null,
        BaseRevision = null,
        BaseContent = null,
        // It was about the thing that it no longer is.
        SentContent = null,
    };

    private XattrChanges Carried(NodeRow row, JournalEntry entry) =>
        OwnXattrs.Carried(row.Details, entry.Xattrs, name => changes.ProviderOf(row).RoleOfXattr(name) == XattrRole.Remote);

    private long? Clone(Draft draft, NodeRow row)
    {
        if (row.Details is not { Content: { } key, Length: { } length and > 0 })
            return null;
        using var file = StoreFailures.Translated(parts.Cache.Staging.Create);
        // It holds nothing, but its name has to be there when the journal names it.
        StoreFailures.Translated(() =>
        {
            file.Sync();
            return file;
        });
        draft.Stage(new StagedRow(file.Number, length, string.Empty, key, null, length, length, row.RemoteId));
        return file.Number;
    }

    private NodeRow? HeirOf(Identity identity, NodeRow row) =>
        identity.Parent != default && IsFile(identity.Kind) && !journal.IsDeleting(identity.RemoteId)
        && _nodes.Find(identity.Parent, identity.Name) is { IsLocal: true } heir && heir.Inode != row.Inode
        && IsFile(heir.Kind) && !localNames.Contains(heir.Name)
            ? heir
            : null;

    private bool IsFile(string kind) => parts.Providers[new NodeKind(kind)].Type == NodeType.File;
}
