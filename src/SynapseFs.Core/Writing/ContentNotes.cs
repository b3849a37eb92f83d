using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// Brings the witness what happens to contents, and its notes into the journal. A note may speak of contents that are not remote yet: it is
/// amended in the transaction in which it becomes known what came of them, so that no crash comes in between.
/// </summary>
internal sealed class ContentNotes(MountParts parts, TreeChanges changes, Journal journal, Notices notices)
{
    private readonly ContentWitness? _witness = parts.Providers.Witness;
    private readonly NodeTable _nodes = parts.Cache.Nodes;

    /// <summary>A program has just been given a handle.</summary>
    public void Opened(Caller caller, FileHandle handle, NodeRow row)
    {
        if (_witness is not { IsWatching: true } || caller.ProcessId is null)
            return;
        var unsent = journal.Find(row.Inode)?.Staged ?? (handle.File.IsUnsaved ? handle.File.Changed?.Number : null);
        var node = RowMapping.ToNode(row) with { Revision = row.Details?.Revision ?? row.Revision };
        handle.Witnessed = _witness.Opened(caller, new WitnessedContent(row.Inode, node, changes.PathOf(row), unsent), handle.Mode);
    }

    public ValueTask ClosingAsync(FileHandle handle) =>
        handle.Witnessed is { } opened ? _witness!.ClosingAsync(opened) : ValueTask.CompletedTask;

    public void Closed(FileHandle handle)
    {
        if (handle.Witnessed is { } opened)
            _witness!.Closed(opened);
    }

    /// <summary>A program has made, moved or removed something of that name.</summary>
    public void Changed(Caller caller, InodeNumber parent, FileName name)
    {
        if (_witness is { IsWatching: true } && _nodes.Get(parent) is { } directory)
            _witness.Changed(caller, $"{changes.PathOf(directory).TrimEnd('/')}/{name.Value}");
    }

    /// <summary>A program has changed what is told of a node.</summary>
    public void Changed(Caller caller, InodeNumber inode)
    {
        if (_witness is { IsWatching: true } && _nodes.Get(inode) is { } row)
            _witness.Changed(caller, changes.PathOf(row));
    }

    public void Written(Caller caller, FileHandle handle)
    {
        if (_witness is null || caller.ProcessId is not { } process || handle.Writer == process)
            return;
        handle.Writer = process;
        _witness.Written(caller, handle.File.Inode);
    }

    public void EndWriting(InodeNumber inode) => _witness?.EndWriting(inode);

    /// <summary>The note of a content that is about to be journaled; what it takes the place of is gone.</summary>
    /// <param name="before">The node's entry as it is.</param>
    public string? Save(Draft draft, NodeRow row, StagedRow staged, JournalEntry before, Func<NodeRow, bool> isNeverSent)
    {
        if (_witness is null)
            return null;
        var isOver = before.Staged == staged.Number || (before.Staged is not null && before.Staged == staged.BaseStaged);
        if (before.Staged is { } gone && !isOver)
            Learn(draft, new ContentFate(row.Inode, gone, null, before.Note));
        if (staged.Length == 0 || IsOptedOut(row))
            return null;
        var note = _witness.NoteOf(row.Inode, isOver ? before.Note : null);
        // What will never be remote is told by what it was made from; what nobody saved is not told at all.
        foreach (var source in note is null ? [] : _witness.Awaits(note))
        {
            var entry = journal.Find(source);
            if (entry is null || _nodes.Get(source) is not { } made || isNeverSent(made))
                note = _witness.Amend(note!, new ContentFate(source, long.MaxValue, null, entry?.Note));
        }

        return note;
    }

    /// <summary>A content is remote.</summary>
    /// <param name="row">As it is afterwards.</param>
    public void Sent(Draft draft, NodeRow row, long staged) => Learn(
        draft, new ContentFate(row.Inode, staged, RowMapping.ToNode(row) with { Revision = row.Details?.Revision ?? row.Revision }, null));

    /// <summary>The remote side takes the content without its note.</summary>
    public void Refused(NodeRow row, string why) => notices.Add($"'{row.Name}' is sent without what it was made from: {why}");

    /// <summary>The node goes, with what it had that was never remote.</summary>
    public void Gone(Draft draft, NodeRow row)
    {
        if (draft.EntryOf(row) is { Staged: not null } entry)
            Learn(draft, new ContentFate(row.Inode, long.MaxValue, null, entry.Note));
    }

    /// <summary>The nodes that have to be sent before the content of an entry can be told in full.</summary>
    public IReadOnlyCollection<InodeNumber> Awaits(JournalEntry entry) =>
        entry is { Note: { } note, Staged: not null } && _witness is not null ? _witness.Awaits(note) : [];

    private void Learn(Draft draft, ContentFate fate)
    {
        if (_witness is null)
            return;
        _witness.Learn(fate);
        foreach (var entry in journal.Entries)
        {
            if (entry.Note is not { } note || entry.Inode == fate.Inode || _witness.Amend(note, fate) is not { } amended || amended == note)
                continue;
            if (_nodes.Get(entry.Inode) is { } row && draft.EntryOf(row) is { } present)
                draft.Put(present with { Note = amended });
        }
    }

    private bool IsOptedOut(NodeRow row)
    {
        for (var at = _nodes.Get(row.Parent); at is not null; at = _nodes.Get(at.Parent))
        {
            if (_nodes.Find(at.Inode, _witness!.OptOutName) is not null)
                return true;
            if (at.Inode == InodeNumber.Root)
                return false;
        }

        return false;
    }
}
