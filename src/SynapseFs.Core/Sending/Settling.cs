using SynapseFs.Core.Providers;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Watching;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>
/// What a sent change means for rows and journal, in one transaction each. Names and bytes may have moved on while it was on its way:
/// what was sent is the new ground for what is still to be sent.
/// </summary>
internal sealed class Settling(
    MountParts parts, TreeChanges changes, Journal journal, LocalChanges local, KernelNews news)
{
    private readonly NodeTable _nodes = parts.Cache.Nodes;

    /// <summary>
    /// The bytes are there under that id, and the remote side is about to be asked: what is found so after a crash is ours. An empty id
    /// stands for something whose bytes are not sent.
    /// </summary>
    public void About(SendJob job, string content)
    {
        lock (local.Names)
        {
            var isThere = _nodes.Get(job.Row.Inode) is { IsDetached: false } row && row.Parent == job.Row.Parent && row.Name == job.Row.Name
                && row.RemoteId == job.Row.RemoteId;
            var staged = job.Staged?.Number;
            var entry = isThere && journal.Find(job.Row.Inode) is { } found && found.Staged == staged ? found : null;
            var marked = entry is null || (staged is null && !job.IsNew)
                ? null
                : entry with { SentContent = new SentMark(staged ?? 0, content).ToString() };
            var call = job.IsNew
                ? null
                : new UnansweredCall(job.Row.RemoteId, content.Length == 0 ? null : content, job.Place?.Parent, job.Place?.Name);
            var guess = job.IsNew && marked is null && !Guesses(job, content).Any() ? local.Guess(job.Row, job.Directory, content) : null;
            journal.Apply(new StateChange
            {
                Entries = marked is null ? [] : [marked],
                Unanswered = call is null ? [] : [call],
                Deletions = guess is null ? [] : [guess],
            });
        }
    }

    /// <summary>The content turned out to be what the remote side has: nothing is sent.</summary>
    public void Unchanged(SendJob job) => Settle(job, null, job.Entry.BaseContent);

    /// <summary>The remote side has it.</summary>
    public void Sent(SendJob job, RemoteChild result)
    {
        // First: who finds nothing waiting any more believes what is shown elsewhere.
        changes.OutdateOthers(job.Row with { RemoteId = result.RemoteId });
        if (job is { Staged: not null, IsNew: false } && changes.ProviderOf(job.Row).IsUnderstood)
            Understood(job, result);
        else
            Settle(job, result, result.Details?.Content);
    }

    /// <summary>It is gone, and everything below it.</summary>
    public void Deleted(DeletionEntry deletion, IReadOnlySet<string> below)
    {
        lock (local.Names)
        {
            // A listing that set out before must neither be looked through meanwhile nor be believed afterwards.
            var directories = Directories(deletion.RemoteId, deletion.RemoteParent);
            using var gates = new Gates(changes, directories);
            foreach (var directory in directories)
                changes.OutdateNews(directory, deletion.RemoteId);
            journal.Apply(new StateChange { Undeleted = [deletion.RemoteId, .. below], Answered = [deletion.RemoteId, .. below] });
        }
    }

    // The bytes that were sent are nobody's: what the remote side made of them stands under the name, and whoever has it open reads on.
    private void Understood(SendJob job, RemoteChild result)
    {
        lock (local.Names)
        {
            if (_nodes.Get(job.Row.Inode) is { IsDetached: false } row && row.RemoteId == job.Row.RemoteId && journal.Find(row.Inode) is { } entry)
                SettleUnderstood(job, result, row, entry);
            // Under the same lock: whatever is put in the text's place next has to find what was sent, not what was there before.
            if (result.Details is { } details)
                changes.ApplyDetails(job.Row.Inode, details, null);
        }

        news.AttributesChanged(job.Row.Inode);
    }

    private void SettleUnderstood(SendJob job, RemoteChild result, NodeRow row, JournalEntry entry)
    {
        using var gates = new Gates(changes, row.Parent);
        changes.OutdateNews(row.Parent, left: null);
        var draft = new Draft(journal);
        entry = entry with { SentContent = null, BaseRevision = result.Revision, BaseContent = result.Details?.Content };
        // Saved anew meanwhile: that may lie over what was sent.
        if (entry.Staged == job.Staged!.Number)
        {
            draft.Unstage(local.Chain(job.Staged.Number));
            entry = entry with { Staged = null, Note = null };
            row = row with { LocalLength = null, LocalModified = null };
        }

        if (entry.IsDone)
            draft.Settle(row);
        else
            draft.Put(entry);
        draft.Put(row);
        local.Apply(draft);
    }

    private void Settle(SendJob job, RemoteChild? result, ContentKey? content)
    {
        bool isBelieved;
        lock (local.Names)
        {
            // One transaction: between forgetting that something was about to be made and knowing it nothing may happen.
            var draft = new Draft(journal);
            foreach (var guess in Guesses(job, result?.Details?.Content?.Id ?? string.Empty))
                draft.Undelete(guess);
            if (result is not null)
                draft.Answer(result.RemoteId);
            var parent = _nodes.Get(job.Row.Inode)?.Parent;
            InodeNumber[] directories =
            [
                job.Directory.Inode, .. parent is { } here ? new[] { here } : [],
                .. job.IsNew ? [] : Directories(job.Row.RemoteId, job.Entry.RemoteParent),
            ];
            using var gates = new Gates(changes, directories);
            foreach (var directory in directories)
                changes.OutdateNews(directory, job.Place is null || directory == job.Directory.Inode ? null : job.Row.RemoteId);
            var row = _nodes.Get(job.Row.Inode);
            isBelieved = row is not null && !changes.IsUndescribed(row);
            // What has got a name that stays here meanwhile stays without a remote thing.
            var isElsewhere = row is { IsDetached: false } && job.IsNew && local.IsLocalOnly(row);
            if (isElsewhere || row is not { IsDetached: false } || (row.RemoteId != job.Row.RemoteId && row.RemoteId != result?.RemoteId))
            {
                if (result is not null)
                    Disown(draft, job, result, row);
                local.Apply(draft);
            }
            else
            {
                SettleRow(draft, job, result, content, row);
                local.Apply(draft);
                // With the journal, or what is saved meanwhile would lie over something that nobody knows any more.
                if (job is { File: { } file, Staged: { } staged } && content is { } key)
                    file.Settle(staged, new CleanContent(key, staged.Length, job.Row.Kind, result?.RemoteId ?? job.Row.RemoteId));
            }
        }

        if (isBelieved)
            news.AttributesChanged(job.Row.Inode);
    }

    // Where listings may have seen it: where the remote side was known to have it, and where calls of ours may have put it.
    private IReadOnlyList<InodeNumber> Directories(string remoteId, string? remoteParent) =>
    [
        .. journal.PlacesTried(remoteId).Select(place => place.Parent).Append(remoteParent).OfType<string>().Distinct()
            .SelectMany(_nodes.FindRemote).Select(directory => directory.Inode),
    ];

    // Those that were made for this very call.
    private IEnumerable<string> Guesses(SendJob job, string content) => job.IsNew
        ? journal.DeletedAt(job.Directory.Inode, job.Row.Name)
            .Where(deletion => deletion.IsGuess && (deletion.Content?.Id ?? string.Empty) == content)
            .Select(deletion => deletion.RemoteId)
        : [];

    private void SettleRow(Draft draft, SendJob job, RemoteChild? result, ContentKey? content, NodeRow row)
    {
        var entry = draft.EntryOrNew(row) with { IsNew = false, SentContent = null };
        var settled = result is null ? Reverted(row, content) : RowMapping.Updated(row, result with { Name = row.Name }, parts.Time.GetUtcNow());
        if (result is not null)
        {
            settled = settled with { RemoteId = result.RemoteId, Kind = result.Kind.Name };
            // What was made here is known, so that it can be used when the way breaks off; no lease: somebody may have put something into it.
            if (job.IsNew && changes.ProviderOf(settled).Type == NodeType.Directory)
                settled = settled with { ListedOn = row.ListedOn ?? parts.Time.GetUtcNow() };
            // Where it leads here; remotely the target may not have been moved yet.
            if (job.IsNew && row.Details?.LinkTarget is { } target && settled.Details is { } details)
                settled = settled with { Details = details with { LinkTarget = target } };
            entry = entry with { BaseRevision = result.Revision, BaseContent = content };
        }

        entry = Placed(row, entry, job.Place);
        if (job.Staged is { } staged)
        {
            (entry, settled) = SettleContent(draft, staged, entry, settled, content);
            local.Notes.Sent(draft, settled, staged.Number);
        }

        if (entry.IsDone && settled.LocalLength is null)
            draft.Settle(row);
        else
            draft.Put(entry);
        draft.Put(settled);
    }

    private (JournalEntry Entry, NodeRow Row) SettleContent(
        Draft draft, StagedContent staged, JournalEntry entry, NodeRow row, ContentKey? content)
    {
        // The file itself becomes cached content when its last user leaves.
        draft.Forget(staged.Number);
        if (entry.Staged == staged.Number)
            return (entry with { Staged = null, Note = null }, row with { LocalLength = null });
        // Saved anew meanwhile, over what was sent.
        if (entry.Staged is { } upper && parts.Cache.Journal.FindStaged(upper) is { BaseStaged: { } below } saved && below == staged.Number)
            draft.Stage(saved with { BaseStaged = null, Base = content, BaseLength = staged.Length, BaseNode = row.RemoteId });
        return (entry, row);
    }

    // It goes with the directory in which it is now.
    private DeletionEntry Placed(DeletionEntry deletion, SendJob job) => job.Place is not { } place ? deletion : deletion with
    {
        Parent = _nodes.Get(job.Directory.Inode) is { IsDetached: false } directory ? directory.Inode : default,
        RemoteParent = place.Parent,
        Name = place.Name,
    };

    private JournalEntry Placed(NodeRow row, JournalEntry entry, NodePlace? place)
    {
        if (place is null)
            return entry;
        var isThere = changes.Require(row.Parent).RemoteId == place.Parent && row.Name == place.Name;
        return entry with { RemoteParent = isThere ? null : place.Parent, RemoteName = isThere ? null : place.Name };
    }

    // Somebody else's content may have come meanwhile; it is found by describing anew, and gets an inode of its own.
    private static NodeRow Reverted(NodeRow row, ContentKey? content) =>
        row.Details is { } details && details.Content != content
            ? row with { Details = details with { Content = content, Revision = string.Empty } }
            : row;

    /// <summary>The node has gone, or taken another identity, while this was on its way: what was made or changed is nobody's here.</summary>
    private void Disown(Draft draft, SendJob job, RemoteChild result, NodeRow? row)
    {
        var content = result.Details?.Content;
        if (journal.FindDeletion(result.RemoteId) is { } deletion)
        {
            draft.Delete(Placed(deletion, job) with { Revision = result.Revision, Content = content });
            return;
        }

        var heir = _nodes.FindRemote(result.Kind.Name, result.RemoteId).FirstOrDefault(other => !other.IsDetached && other.Inode != row?.Inode);
        if (heir is not null)
        {
            if (journal.Find(heir.Inode) is { } entry)
                draft.Put(Placed(heir, entry, job.Place) with { BaseRevision = result.Revision, BaseContent = content });
            return;
        }

        if (job.IsNew)
            local.Disown(draft, job.Row, job.Directory, result.RemoteId, result.Revision, content);
    }
}
