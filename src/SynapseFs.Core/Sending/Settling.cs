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
    /// The bytes are there under that id and are about to be referred to: found so after a crash, they are ours. An empty id stands for
    /// something that has no bytes.
    /// </summary>
    public void About(SendJob job, string content)
    {
        lock (local.Names)
        {
            var isThere = _nodes.Get(job.Row.Inode) is { IsDetached: false } row && row.Parent == job.Row.Parent && row.Name == job.Row.Name
                && row.RemoteId == job.Row.RemoteId;
            if (isThere && journal.Find(job.Row.Inode) is { } entry && (!job.IsNew || entry.Staged == job.Staged?.Number))
                journal.Apply(new StateChange { Entries = [Marked(entry, job.Staged?.Number, content, job.Place)] });
            else if (!job.IsNew)
                AboutAnothers(job, content);
            else if (job.IsNew && !Guesses(job).Any())
                journal.Apply(new StateChange { Deletions = [local.Guess(job.Row, job.Directory, content)] });
        }
    }

    // It was deleted here, or another node has taken it over, while the bytes were on their way: what is made of it is no change by others.
    private void AboutAnothers(SendJob job, string content)
    {
        if (journal.FindDeletion(job.Row.RemoteId) is { } deletion)
            journal.Apply(new StateChange { Deletions = [deletion with { Content = null }] });
        else if (_nodes.FindRemote(job.Row.RemoteId).FirstOrDefault(row => !row.IsDetached) is { } heir
            && journal.Find(heir.Inode) is { } entry)
            journal.Apply(new StateChange { Entries = [Marked(entry, null, content, job.Place)] });
    }

    private static JournalEntry Marked(JournalEntry entry, long? staged, string content, NodePlace? place) =>
        entry with { SentContent = SentMark.Next(SentMark.Parse(entry.SentContent), staged, content, place).ToString() };

    /// <summary>The content turned out to be what the remote side has: nothing is sent.</summary>
    public void Unchanged(SendJob job) => Settle(job, null, job.Entry.BaseContent);

    /// <summary>The remote side has it.</summary>
    public void Sent(SendJob job, RemoteChild result) => Settle(job, result, result.Details?.Content);

    /// <summary>It is gone, and everything below it.</summary>
    public void Deleted(DeletionEntry deletion, IReadOnlySet<string> below)
    {
        lock (local.Names)
        {
            changes.OutdateNews(deletion.Parent);
            using var gates = new Gates(changes, deletion.Parent, deletion.Parent);
            journal.Apply(new StateChange { Undeleted = [deletion.RemoteId, .. below] });
        }
    }

    private void Settle(SendJob job, RemoteChild? result, ContentKey? content)
    {
        lock (local.Names)
        {
            OutdateNews(job);
            // The answer came: nothing has to be guessed.
            if (Guesses(job).ToList() is { Count: > 0 } guesses)
                journal.Apply(new StateChange { Undeleted = guesses });
            var row = _nodes.Get(job.Row.Inode);
            // What has got a name that stays here meanwhile stays without a remote thing.
            var isElsewhere = row is { IsDetached: false } && job.IsNew && local.IsLocalOnly(row);
            if (isElsewhere || row is not { IsDetached: false } || (row.RemoteId != job.Row.RemoteId && row.RemoteId != result?.RemoteId))
            {
                if (result is not null)
                    Disown(job, result, row);
            }
            else
            {
                using var gates = new Gates(changes, row.Parent, row.Parent);
                SettleRow(job, result, content, row);
                // With the journal, or what is saved meanwhile would lie over something that nobody knows any more.
                if (job is { File: { } file, Staged: { } staged } && content is { } key)
                    file.Settle(staged, new CleanContent(key, staged.Length, job.Row.Kind, result?.RemoteId ?? job.Row.RemoteId));
            }
        }

        news.AttributesChanged(job.Row.Inode);
    }

    // Listings and descriptions that set out before the answer came do not know of it.
    private void OutdateNews(SendJob job)
    {
        changes.OutdateNews(job.Directory.Inode);
        if (job.Entry.RemoteParent is { } parent)
        {
            foreach (var directory in _nodes.FindRemote(parent))
                changes.OutdateNews(directory.Inode);
        }

        if (_nodes.Get(job.Row.Inode) is { } row)
            changes.OutdateNews(row.Parent);
    }

    private IEnumerable<string> Guesses(SendJob job) => job.IsNew
        ? journal.DeletedAt(job.Directory.Inode, job.Row.Name).Where(deletion => deletion.IsGuess).Select(deletion => deletion.RemoteId)
        : [];

    private void SettleRow(SendJob job, RemoteChild? result, ContentKey? content, NodeRow row)
    {
        var draft = new Draft(journal);
        var entry = draft.EntryOrNew(row) with { IsNew = false, SentContent = null };
        var settled = result is null ? Reverted(row, content) : RowMapping.Updated(row, result with { Name = row.Name }, parts.Time.GetUtcNow());
        if (result is not null)
        {
            settled = settled with { RemoteId = result.RemoteId, Kind = result.Kind.Name };
            // Where it leads here; remotely the target may not have been moved yet.
            if (job.IsNew && row.Details?.LinkTarget is { } target && settled.Details is { } details)
                settled = settled with { Details = details with { LinkTarget = target } };
            entry = entry with { BaseRevision = result.Revision, BaseContent = content };
        }

        entry = Placed(row, entry, job.Place);
        if (job.Staged is { } staged)
            (entry, settled) = SettleContent(draft, staged, entry, settled, content);
        if (entry.IsDone && settled.LocalLength is null)
            draft.Settle(row);
        else
            draft.Put(entry);
        draft.Put(settled);
        local.Apply(draft);
    }

    private (JournalEntry Entry, NodeRow Row) SettleContent(
        Draft draft, StagedContent staged, JournalEntry entry, NodeRow row, ContentKey? content)
    {
        // The file itself becomes cached content when its last user leaves.
        draft.Forget(staged.Number);
        if (entry.Staged == staged.Number)
            return (entry with { Staged = null }, row with { LocalLength = null });
        // Saved anew meanwhile, over what was sent.
        if (entry.Staged is { } upper && parts.Cache.Journal.FindStaged(upper) is { BaseStaged: { } below } saved && below == staged.Number)
            draft.Stage(saved with { BaseStaged = null, Base = content, BaseLength = staged.Length, BaseNode = row.RemoteId });
        return (entry, row);
    }

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
    private void Disown(SendJob job, RemoteChild result, NodeRow? row)
    {
        var content = result.Details?.Content;
        if (journal.FindDeletion(result.RemoteId) is { } deletion)
        {
            journal.Apply(new StateChange { Deletions = [deletion with { Revision = result.Revision, Content = content }] });
            return;
        }

        var heir = _nodes.FindRemote(result.Kind.Name, result.RemoteId).FirstOrDefault(other => !other.IsDetached && other.Inode != row?.Inode);
        if (heir is not null)
        {
            if (journal.Find(heir.Inode) is { } entry)
                journal.Apply(new StateChange { Entries = [Placed(heir, entry, job.Place) with { BaseRevision = result.Revision, BaseContent = content }] });
            return;
        }

        if (job.IsNew)
            local.Disown(job.Row, job.Directory, result.RemoteId, result.Revision, content);
    }
}
