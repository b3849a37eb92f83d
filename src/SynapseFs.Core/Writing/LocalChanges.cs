using SynapseFs.Core.Providers;
using SynapseFs.Core.Sending;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// Changes of names made here: each is one transaction of rows and journal, under the lock of names (the first of all locks) and the
/// gates of the directories it touches. What a verb does to the remote identity of files is decided here: see native-notes/writing.md.
/// </summary>
internal sealed partial class LocalChanges(
    MountParts parts, TreeChanges changes, Journal journal, InodeReferences references, FilesInUse files, Notices notices)
{
    private const int LongestName = 256;

    private readonly LocalNames _localNames = new(parts.Options.LocalNames);
    private readonly NodeTable _nodes = parts.Cache.Nodes;
    private readonly Identities _identities = new(parts, changes, journal, new LocalNames(parts.Options.LocalNames));

    /// <summary>What is remembered of how contents came about. Used under the lock of names but for what programs do.</summary>
    public ContentNotes Notes { get; } = new(parts, changes, journal, notices);

    /// <summary>Guards all changes of names and of journal entries.</summary>
    public Lock Names { get; } = new();

    /// <summary>Whether the node is never sent as it is, because of its name or a directory's above it.</summary>
    public bool IsLocalOnly(NodeRow row)
    {
        for (NodeRow? at = row; at is { IsLocal: true }; at = _nodes.Get(at.Parent))
        {
            if (_localNames.Contains(at.Name) || changes.ProviderOf(at).StaysHere)
                return true;
        }

        return false;
    }

    /// <summary>A new file, empty.</summary>
    /// <exception cref="FsException">AlreadyExists, InvalidArgument, NameTooLong, NotPermitted, ReadOnly, NoSpace.</exception>
    public NodeRow CreateFile(InodeNumber parent, string name, FilePermissions permissions)
    {
        lock (Names)
        {
            using var gates = new Gates(changes, parent);
            var directory = changes.Require(parent);
            RequireFree(parent, name);
            var row = NewRow(directory, name, NodeType.File) with { LocalLength = 0, LocalPermissions = permissions };
            var draft = new Draft(journal);
            var entry = journal.NewEntry(default) with { IsNew = true };
            if (IsLocalPlace(directory, name) || _identities.Claim(draft, directory, name) is not { } identity)
                draft.Insert(row, entry);
            else
                draft.Insert(Identities.With(row, identity), Identities.With(entry, identity, directory.RemoteId, name));
            return Apply(draft)[0];
        }
    }

    /// <summary>A new directory.</summary>
    /// <exception cref="FsException">As CreateFile.</exception>
    public NodeRow CreateDirectory(InodeNumber parent, string name, FilePermissions permissions)
    {
        lock (Names)
        {
            using var gates = new Gates(changes, parent);
            var directory = changes.Require(parent);
            RequireFree(parent, name);
            var draft = new Draft(journal);
            draft.Insert(
                NewRow(directory, name, NodeType.Directory) with { LocalPermissions = permissions },
                journal.NewEntry(default) with { IsNew = true });
            return Apply(draft)[0];
        }
    }

    /// <summary>A new symbolic link.</summary>
    /// <param name="target">As it is shown: from the mount's root, beginning with '/'.</param>
    /// <param name="linkTo">The node it leads to; null while nothing stands there, and for a name that stays local.</param>
    /// <exception cref="FsException">As CreateFile; NotPermitted when only a link outside could be meant.</exception>
    public NodeRow CreateLink(InodeNumber parent, string name, string target, InodeNumber? linkTo, bool leadsOut)
    {
        lock (Names)
        {
            using var gates = new Gates(changes, parent);
            var directory = changes.Require(parent);
            RequireFree(parent, name);
            if (leadsOut && !IsLocalPlace(directory, name))
                throw new FsException(FsError.NotPermitted, $"'{name}' would lead to '{target}', out of this mount: only links into it can be kept.");
            var now = parts.Time.GetUtcNow();
            var details = new NodeDetails
            {
                Revision = string.Empty,
                Modified = now,
                Created = now,
                Permissions = FilePermissions.All,
                LinkTarget = target,
                DescribedOn = now,
            };
            var draft = new Draft(journal);
            draft.Insert(
                NewRow(directory, name, NodeType.SymbolicLink) with { Details = details },
                journal.NewEntry(default) with { IsNew = true, LinkTo = linkTo });
            return Apply(draft)[0];
        }
    }

    /// <summary>Takes a file's or link's name away.</summary>
    /// <exception cref="FsException">NotFound, IsADirectory, AccessDenied.</exception>
    public void Unlink(InodeNumber parent, string name)
    {
        lock (Names)
        {
            using var gates = new Gates(changes, parent);
            var row = Require(parent, name);
            if (TypeOf(row) == NodeType.Directory)
                throw new FsException(FsError.IsADirectory, $"'{name}' is a directory.");
            RequireChangeable(row);
            RequireRight(row, NodeRights.Delete);
            var draft = new Draft(journal);
            _identities.Bury(draft, row);
            Drop(draft, row);
            Apply(draft);
        }
    }

    /// <summary>Takes an empty directory's name away; the caller has just looked at its listing.</summary>
    /// <exception cref="FsException">NotFound, NotADirectory, NotEmpty, AccessDenied.</exception>
    public void RemoveDirectory(InodeNumber parent, string name)
    {
        lock (Names)
        {
            using var gates = new Gates(changes, parent);
            var row = Require(parent, name);
            RequireChangeable(row);
            RequireEmptyDirectory(row);
            RequireRight(row, NodeRights.Delete);
            var draft = new Draft(journal);
            _identities.Bury(draft, row);
            Drop(draft, row);
            Apply(draft);
        }
    }

    /// <summary>The bytes that <paramref name="file"/> has now, saved as <paramref name="staged"/> tells.</summary>
    public void SaveContent(FileInUse file, StagedRow staged)
    {
        lock (Names)
        {
            if (file.IsUnlinked || _nodes.Get(file.Inode) is not { } known)
                return;
            using var gates = new Gates(changes, known.Parent);
            var draft = new Draft(journal);
            var row = changes.Require(file.Inode);
            if (row.IsDetached)
                row = Reattached(draft, row);
            staged = file.Current(staged);
            // What may be there already has other bytes than these.
            if (SentMark.Parse(draft.EntryOf(row)?.SentContent) is { } mark && mark.Staged != staged.Number)
                _identities.Haunt(draft, row);
            var entry = draft.EntryOf(row) ?? journal.NewEntry(row.Inode) with { BaseRevision = row.Revision, BaseContent = row.Details?.Content };
            if (entry is { IsNew: false, Staged: null, BaseContent: null })
                entry = entry with { BaseRevision = row.Revision, BaseContent = row.Details?.Content };
            var numbers = entry.Staged is { } before && before != staged.Number && before != staged.BaseStaged ? Chain(before) : [];
            draft.Unstage(numbers.Where(number => number != staged.BaseStaged));
            if (staged.Length > 0)
                draft.Stage(staged);
            var note = Notes.Save(draft, row, staged, entry, IsLocalOnly);
            draft.Put(entry with { Staged = staged.Length > 0 ? staged.Number : null, Note = note });
            draft.Put(row with { LocalLength = staged.Length, LocalModified = file.Modified ?? row.LocalModified });
            Apply(draft);
            references.Attach(row.Inode);
        }
    }

    /// <summary>Times and permission bits, kept on this machine.</summary>
    public NodeRow SetAttributes(InodeNumber inode, AttributeChange change)
    {
        lock (Names)
        {
            using var gates = new Gates(changes, changes.Require(inode).Parent);
            var row = changes.Require(inode);
            row = row with
            {
                LocalModified = change.Modified ?? row.LocalModified,
                LocalPermissions = change.Permissions ?? row.LocalPermissions,
            };
            StoreFailures.Translated(() =>
            {
                _nodes.Update(row);
                return row;
            });
            return row;
        }
    }

    /// <summary>A file that took over a remote thing and never got a content shows what the remote side has, as before.</summary>
    public void Refill(InodeNumber inode)
    {
        lock (Names)
        {
            if (_nodes.Get(inode) is not { IsDetached: false, IsLocal: false, LocalLength: 0 } row || journal.Find(inode) is not { Staged: null })
                return;
            using var gates = new Gates(changes, row.Parent);
            var draft = new Draft(journal);
            draft.Settle(row);
            draft.Put(row with { LocalLength = null, LocalModified = null });
            Apply(draft);
        }
    }

    /// <summary>Something is gone remotely that holds what exists here only: what is ours becomes new, the rest goes.</summary>
    public void Orphan(InodeNumber inode)
    {
        lock (Names)
        {
            if (_nodes.Get(inode) is not { IsDetached: false, IsLocal: false } row)
                return;
            var draft = new Draft(journal);
            _identities.Orphan(draft, row, gone => Drop(draft, gone));
            Apply(draft);
            notices.Add($"'{row.Name}' was deleted remotely while it had changes here; they are kept and sent as new.");
        }
    }

    /// <summary>Applies it, and deletes staged files that nothing needs any more.</summary>
    public IReadOnlyList<NodeRow> Apply(Draft draft)
    {
        var inserted = journal.Apply(draft.ToChange());
        foreach (var number in draft.Unstaged.Where(number => !files.IsInUse(number)))
            parts.Cache.Staging.Delete(number);
        return inserted;
    }

    /// <summary>Makes the row go from its directory, with what it had staged.</summary>
    public void Drop(Draft draft, NodeRow row)
    {
        Notes.Gone(draft, row);
        _identities.Haunt(draft, row);
        if (draft.EntryOf(row)?.Staged is { } number)
            draft.Unstage(Chain(number));
        draft.Drop(row, references.TryDetach(row.Inode));
        if (files.Find(row.Inode) is { } file)
            file.IsUnlinked = true;
    }

    /// <summary>The row keeps its content and loses its remote thing, which stays as it is.</summary>
    public NodeRow BecomeLocal(Draft draft, NodeRow row, string name) => _identities.BecomeLocal(draft, row, name);

    /// <summary>A deletion of what may have been made of the row in that directory, though no answer told so.</summary>
    public DeletionEntry Guess(NodeRow row, NodeRow directory, string content) => _identities.Guess(row, directory, content);

    /// <summary>Something was made remotely of a row that has gone its own way since: a new file in its place takes it over, else it goes.</summary>
    public void Disown(Draft draft, NodeRow row, NodeRow directory, string remoteId, string revision, ContentKey? content) => _identities.Bury(
        draft, row,
        new Identity(remoteId, row.Kind, revision, content, null, directory.Inode, directory.RemoteId, row.Name, MayBeElsewhere: false,
            XattrChanges.None));

    /// <summary>A name for the second of two that want the same one, free in that directory.</summary>
    public string ConflictName(InodeNumber directory, string name) => ConflictNames.Of(
        name, parts.Options.AccountName, parts.Time.GetLocalNow(), LongestName, other => _nodes.Find(directory, other) is not null);

    /// <summary>A staged content and those below it.</summary>
    public IReadOnlyList<long> Chain(long number)
    {
        var chain = new List<long>();
        for (long? at = number; at is { } next; at = parts.Cache.Journal.FindStaged(next)?.BaseStaged)
            chain.Add(next);
        return chain;
    }

    // The name went, or leads to somebody else's content, while a program had the file open: what it saves is kept beside that.
    private NodeRow Reattached(Draft draft, NodeRow row)
    {
        var parent = _nodes.Get(row.Parent) is { IsDetached: false } ? row.Parent : InodeNumber.Root;
        var name = _nodes.Find(parent, row.Name) is null ? row.Name : ConflictName(parent, row.Name);
        notices.Add($"'{row.Name}' was changed or deleted remotely while it was open here; what was saved is kept as '{name}'.");
        draft.Put(journal.NewEntry(row.Inode) with { IsNew = true });
        return row with
        {
            IsDetached = false,
            Parent = parent,
            Name = name,
            RemoteId = string.Empty,
            Revision = null,
            Details = null,
        };
    }

    private NodeType TypeOf(NodeRow row) => changes.ProviderOf(row).Type;

    private bool IsLocalPlace(NodeRow directory, string name) => _localNames.Contains(name) || IsLocalOnly(directory);

    private NodeRow Require(InodeNumber parent, string name) =>
        _nodes.Find(parent, name) ?? throw new FsException(FsError.NotFound, $"'{name}' is not there.");

    private void RequireFree(InodeNumber parent, string name)
    {
        if (_nodes.Find(parent, name) is not null || changes.IsContributed(changes.Require(parent), name))
            throw new FsException(FsError.AlreadyExists, $"'{name}' is there already.");
    }

    private void RequireEmptyDirectory(NodeRow row)
    {
        if (TypeOf(row) != NodeType.Directory)
            throw new FsException(FsError.NotADirectory, $"'{row.Name}' is not a directory.");
        if (changes.ListedChildren(row).Any())
            throw new FsException(FsError.NotEmpty, $"'{row.Name}' is not empty.");
    }

    // A directory that takes nothing new of the sort gives nothing away either.
    private void RequireChangeable(NodeRow row)
    {
        var directory = changes.Require(row.Parent);
        if (changes.IsContributed(directory, row.Name))
            throw new FsException(FsError.NotPermitted, $"'{row.Name}' is part of every directory.");
        changes.ProviderOf(directory).KindOfNew(TypeOf(row), row.Name);
    }

    // What is not known yet is found out when the change is sent.
    private static void RequireRight(NodeRow row, NodeRights right)
    {
        if (row is { IsLocal: false, Details: { KnowsRights: true } details } && (details.Rights & right) != right)
            throw new FsException(FsError.AccessDenied, $"You lack the right for this ({right}) at '{row.Name}'.");
    }

    // The program hears "invalid argument" only; what is wrong with the name is told to the person.
    private void CheckName(NodeRow directory, NodeKind kind, string name)
    {
        if (IsLocalPlace(directory, name))
            return;
        try
        {
            parts.Providers[kind].CheckName(name);
        }
        catch (FsException refusal)
        {
            notices.Add(refusal.Message);
            throw;
        }
    }

    private NodeRow NewRow(NodeRow directory, string name, NodeType type)
    {
        var kind = changes.ProviderOf(directory).KindOfNew(type, name);
        CheckName(directory, kind, name);
        var now = parts.Time.GetUtcNow();
        return new NodeRow
        {
            Parent = directory.Inode,
            Name = name,
            Kind = kind.Name,
            RemoteId = string.Empty,
            Modified = now,
            Created = now,
        };
    }
}
