using SynapseFs.Core.Providers;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>Renames and moves.</summary>
internal sealed partial class LocalChanges
{
    /// <summary>Renames and moves in one step. The caller has looked at the target directory's listing when the target is one.</summary>
    /// <exception cref="FsException">
    /// NotFound, AlreadyExists, NotEmpty, IsADirectory, NotADirectory, InvalidArgument, CrossDevice (between what is sent and what stays
    /// here: copy by hand), AccessDenied, NoSpace.
    /// </exception>
    public void Rename(InodeNumber parent, string name, InodeNumber newParent, string newName, RenameMode mode)
    {
        lock (Names)
        {
            using var gates = new Gates(changes, parent, newParent);
            var source = Require(parent, name);
            var target = _nodes.Find(newParent, newName);
            if (target?.Inode == source.Inode && mode != RenameMode.NoReplace)
                return;
            var to = changes.Require(newParent);
            RequireChangeable(source);
            if (changes.IsContributed(to, newName))
                throw new FsException(FsError.NotPermitted, $"'{newName}' is part of every directory.");
            CheckTree(source, target, to, mode);
            var draft = new Draft(journal);
            if (mode == RenameMode.Exchange)
                Exchange(draft, source, target!);
            else
                Move(draft, source, target, to, newName);
            Apply(draft);
        }
    }

    /// <summary>
    /// Whether a remote file of that name there would keep its content only, at once, or when the name that it had is written anew.
    /// </summary>
    public bool MayLoseItsThing(NodeRow source, NodeRow to, string newName) =>
        LosesItsThing(source, to, newName) || (source.Parent == to.Inode && BackupNames.IsBackupOf(source.Name, newName));

    /// <summary>The row stands there from then on.</summary>
    public void Place(Draft draft, NodeRow source, NodeRow to, string newName)
    {
        var row = draft.Now(source);
        if (row.IsLocal)
            _identities.Haunt(draft, source);
        if (!row.IsLocal)
        {
            var entry = draft.EntryOrNew(row);
            entry = entry.RemoteParent is null
                ? entry with { RemoteParent = changes.Require(source.Parent).RemoteId, RemoteName = source.Name }
                : entry;
            if (entry.BaseRevision is null)
                entry = entry with { BaseRevision = row.Revision, BaseContent = row.Details?.Content };
            // Where a call of ours may have put it already, it has to be fetched back from.
            var isHome = entry.RemoteParent == to.RemoteId && entry.RemoteName == newName
                && !journal.MayBeElsewhere(row.RemoteId);
            entry = isHome ? entry with { RemoteParent = null, RemoteName = null } : entry;
            if (entry.IsDone && row.LocalLength is null)
                draft.Settle(row);
            else
                draft.Put(entry);
        }

        draft.Put(row with { Parent = to.Inode, Name = newName });
    }

    private void CheckTree(NodeRow source, NodeRow? target, NodeRow to, RenameMode mode)
    {
        if (mode == RenameMode.NoReplace && target is not null)
            throw new FsException(FsError.AlreadyExists, $"'{target.Name}' is there already.");
        if (mode == RenameMode.Exchange && target is null)
            throw new FsException(FsError.NotFound, "There is nothing to exchange with.");
        for (var at = to; at.Inode != InodeNumber.Root; at = changes.Require(at.Parent))
        {
            if (at.Inode == source.Inode)
                throw new FsException(FsError.InvalidArgument, $"'{source.Name}' cannot be moved into itself.");
        }

        if (mode != RenameMode.Replace || target is null)
            return;
        var isDirectory = TypeOf(source) == NodeType.Directory;
        if (isDirectory)
            RequireEmptyDirectory(target);
        else if (TypeOf(target) == NodeType.Directory)
            throw new FsException(FsError.IsADirectory, $"'{target.Name}' is a directory.");
    }

    private void Move(Draft draft, NodeRow source, NodeRow? target, NodeRow to, string newName)
    {
        source = Fitting(draft, source, to, newName);
        var isFile = TypeOf(source) == NodeType.File;
        if (target is not null && isFile && TypeOf(target) == NodeType.File && !target.IsLocal
            && (source.IsLocal || Identities.CanBecomeLocal(source)))
        {
            RequireRight(target, NodeRights.Change);
            Replace(draft, source, target);
            return;
        }

        if (target is not null)
        {
            RequireRight(target, NodeRights.Delete);
            _identities.Bury(draft, target);
            Drop(draft, target);
        }
        else if (isFile && source.IsLocal && !IsLocalPlace(to, newName) && _identities.Claim(draft, to, newName) is { } identity)
        {
            Place(draft, source, to, newName);
            _identities.TakeOver(draft, source, identity);
            return;
        }

        Place(draft, source, to, newName);
        // What nobody else has yet is what its place makes of it.
        if (isFile && source.IsLocal)
            draft.Put(draft.Now(source) with { Kind = changes.ProviderOf(to).KindOfNew(NodeType.File, newName).Name });
    }

    // The name keeps its remote thing, which gets the source's content; what the source was remotely goes.
    private void Replace(Draft draft, NodeRow source, NodeRow target)
    {
        var identity = _identities.Of(draft, target);
        Drop(draft, target);
        if (!source.IsLocal)
        {
            RequireRight(source, NodeRights.Delete);
            _identities.Bury(draft, source);
            source = _identities.BecomeLocal(draft, source, target.Name);
        }

        var to = changes.Require(target.Parent);
        Place(draft, source, to, target.Name);
        _identities.TakeOver(draft, source, identity);
    }

    private void Exchange(Draft draft, NodeRow one, NodeRow other)
    {
        var (oneDirectory, otherDirectory) = (changes.Require(one.Parent), changes.Require(other.Parent));
        var (oneName, otherName) = (one.Name, other.Name);
        RequireKind(one, otherDirectory, otherName);
        RequireKind(other, oneDirectory, oneName);
        if (IsNewOverOld(one, other))
            (one, other) = Swap(draft, one, other);
        else if (IsNewOverOld(other, one))
            (other, one) = Swap(draft, other, one);
        else if (IsKeptInPlace(one) || IsKeptInPlace(other))
            throw new FsException(FsError.InvalidArgument, $"'{oneName}' and '{otherName}' cannot be exchanged in one step.");
        else
            (one, other) = (Fitting(draft, one, otherDirectory, otherName), Fitting(draft, other, oneDirectory, oneName));
        Place(draft, one, otherDirectory, otherName);
        Place(draft, other, oneDirectory, oneName);
    }

    private bool IsNewOverOld(NodeRow one, NodeRow other) =>
        one.IsLocal && !other.IsLocal && TypeOf(one) == NodeType.File && TypeOf(other) == NodeType.File && Identities.CanBecomeLocal(other);

    // A program that saves by exchanging wants the name to keep its thing, as when it replaces.
    private (NodeRow Heir, NodeRow Left) Swap(Draft draft, NodeRow heir, NodeRow old)
    {
        var identity = _identities.Of(draft, old);
        var left = _identities.BecomeLocal(draft, old, heir.Name);
        _identities.TakeOver(draft, heir, identity);
        // Where the identity is: not where the heir stood.
        draft.Put(draft.EntryOrNew(heir) with { RemoteParent = identity.RemoteParent, RemoteName = identity.Name });
        return (draft.Now(heir), left);
    }

    // Between names that are sent and names that stay here, a file's content is kept and its remote thing deleted.
    private NodeRow Fitting(Draft draft, NodeRow source, NodeRow to, string newName)
    {
        RequireKind(source, to, newName);
        if (source.IsLocal || !LosesItsThing(source, to, newName))
        {
            RequireRight(source, source.Parent == to.Inode ? NodeRights.Change : NodeRights.Move);
            return source;
        }

        if (TypeOf(source) != NodeType.File || IsLocalOnly(to) || !Identities.CanBecomeLocal(source))
            throw new FsException(FsError.CrossDevice, $"'{newName}' stays on this machine, and '{source.Name}' does not: copy it.");
        RequireRight(source, NodeRights.Delete);
        _identities.Bury(draft, source);
        return _identities.BecomeLocal(draft, source, newName);
    }

    private bool LosesItsThing(NodeRow source, NodeRow to, string newName) =>
        IsLocalPlace(to, newName) || changes.ProviderOf(to).KeepsNewHere || IsKeptInPlace(source);

    private bool IsKeptInPlace(NodeRow row) => !row.IsLocal && changes.ProviderOf(row).KeepsItsPlace;

    private void RequireKind(NodeRow source, NodeRow to, string newName)
    {
        var (type, from) = (TypeOf(source), changes.ProviderOf(changes.Require(source.Parent)));
        if (source.Parent != to.Inode && (changes.ProviderOf(to).KeepsNewHere || from.KeepsNewHere))
            throw new FsException(FsError.CrossDevice, $"'{newName}' is of another sort than '{source.Name}': copy it.");
        var kind = changes.ProviderOf(to).KindOfNew(type, newName);
        if (type == NodeType.Directory && kind.Name != source.Kind)
            throw new FsException(FsError.NotPermitted, $"'{source.Name}' cannot be moved there: it would be something else.");
        if (type != NodeType.Directory && source.Parent != to.Inode && from.KindOfNew(type, newName) != kind)
            throw new FsException(FsError.CrossDevice, $"'{source.Name}' would be something else there: copy it.");
        if (!source.IsLocal && !changes.ProviderOf(source).CanMoveTo(RowMapping.ToNode(source), RowMapping.ToNode(NearestRemote(to))))
            throw new FsException(FsError.CrossDevice, $"'{source.Name}' cannot be moved there: copy it.");
        CheckName(to, type == NodeType.File && (source.IsLocal || IsKeptInPlace(source)) ? kind : new NodeKind(source.Kind), newName);
    }

    private NodeRow NearestRemote(NodeRow directory)
    {
        while (directory.IsLocal)
            directory = changes.Require(directory.Parent);
        return directory;
    }
}
