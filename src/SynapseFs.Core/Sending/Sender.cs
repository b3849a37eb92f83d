using System.Collections.Concurrent;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>Carries out single jobs: what the remote side is asked, in one direction; what it says goes to <see cref="Settling"/>.</summary>
internal sealed class Sender(
    MountParts parts, TreeChanges changes, Journal journal, LocalChanges local, FilesInUse files, RemoteCalls calls, Settling settling,
    XattrSender xattrs)
{
    private const string AsideSuffix = " (being exchanged)";

    private readonly ConcurrentDictionary<InodeNumber, long> _sentBytes = new();

    /// <summary>Bytes of a file's content that are already there, while it is on its way; else null.</summary>
    public long? SentBytes(InodeNumber inode) => _sentBytes.TryGetValue(inode, out var bytes) ? bytes : null;

    /// <summary>Sends one entry. False when it was no longer as it had been planned, and nothing was done.</summary>
    /// <param name="isOpenToo">Whether it may be sent though programs have it open for writing.</param>
    /// <exception cref="ChangeRefusedException">The remote side said no.</exception>
    /// <exception cref="FsException">Trouble on the way.</exception>
    public async Task<bool> SendAsync(
        PlannedEntry planned, bool isAside, bool isOpenToo, Urgency urgency, CancellationToken cancellationToken)
    {
        var type = changes.ProviderOf(planned.Row).Type;
        string? sending = null;
        var file = type == NodeType.File ? files.Use(planned.Row.Inode, writes: false) : null;
        try
        {
            if (Start(planned, isAside, isOpenToo, file) is not { } job)
                return false;
            if (!job.Xattrs.IsEmpty)
            {
                await xattrs.SendAsync(job, urgency, cancellationToken);
                return true;
            }

            sending = job.IsNew ? null : job.Row.RemoteId;
            var content = job.Staged is null ? null : await PrepareAsync(job, cancellationToken);
            if (job.Staged is not null && content is null && !job.IsNew && job.Place is null)
            {
                settling.Unchanged(job);
                return true;
            }

            if (content is null)
                await AboutToReferAsync(job, string.Empty);
            journal.Pass(JournalPoint.BeforeSending);
            var result = await AskAsync(job, content, urgency, cancellationToken);
            journal.Pass(JournalPoint.AfterReferred);
            settling.Sent(job, result);
            journal.Pass(JournalPoint.AfterSettled);
            return true;
        }
        finally
        {
            _sentBytes.TryRemove(planned.Row.Inode, out _);
            if (sending is not null)
                journal.EndSending(sending);
            if (file is not null)
                files.Leave(file);
        }
    }

    /// <summary>Deletes one thing, and with it everything below it that was deleted.</summary>
    public async Task DeleteAsync(DeletionEntry deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        if (deletion.IsGuess)
        {
            await DeleteGuessAsync(deletion, urgency, cancellationToken);
            return;
        }

        // From here on nothing of it can be taken back.
        HashSet<string> below = [];
        lock (local.Names)
        {
            if (journal.FindDeletion(deletion.RemoteId) != deletion)
                return;
            if (deletion.IsDirectory)
                below.UnionWith(JournalPlan.Below(deletion.RemoteId, journal.Deletions));
            foreach (var remoteId in below.Append(deletion.RemoteId))
                journal.SetSending(remoteId, isDeletion: true);
        }

        try
        {
            await DeleteAsync(deletion, below, urgency, cancellationToken);
        }
        finally
        {
            foreach (var remoteId in below.Append(deletion.RemoteId))
                journal.EndSending(remoteId);
        }
    }

    private async Task DeleteAsync(DeletionEntry deletion, HashSet<string> below, Urgency urgency, CancellationToken cancellationToken)
    {
        var kind = new NodeKind(deletion.Kind);
        var node = new RemoteNode(kind, deletion.RemoteId, deletion.Name, deletion.Revision);
        var isSure = journal.UnansweredAbout(deletion.RemoteId).Count == 0;
        var what = new NodeDeletion
        {
            Revision = isSure ? deletion.Revision : null,
            Content = deletion.Content,
            OwnContents = journal.ContentsTried(deletion.RemoteId),
            AlsoDeleted = below,
        };
        journal.Pass(JournalPoint.BeforeSending);
        await calls.AskAsync(
            async call =>
            {
                await parts.Providers[kind].DeleteAsync(node, what, urgency, call);
                return true;
            },
            cancellationToken);
        journal.Pass(JournalPoint.AfterReferred);
        settling.Deleted(deletion, below);
        journal.Pass(JournalPoint.AfterSettled);
    }

    private async Task DeleteGuessAsync(DeletionEntry guess, Urgency urgency, CancellationToken cancellationToken)
    {
        var kind = parts.Cache.Nodes.Get(guess.Parent) is { } parent && parent.RemoteId == guess.RemoteParent
            ? parent.Kind
            : journal.FindDeletion(guess.RemoteParent)?.Kind;
        if (kind is not null)
        {
            var directory = new RemoteNode(new NodeKind(kind), guess.RemoteParent, string.Empty, null);
            await calls.AskAsync(call => DeleteFoundAsync(directory, guess, urgency, call), cancellationToken);
        }

        settling.Deleted(guess, new HashSet<string>());
    }

    private async Task<bool> DeleteFoundAsync(
        RemoteNode directory, DeletionEntry guess, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            var found = await parts.Providers[directory.Kind].FindAsync(directory, guess.Name, urgency, cancellationToken);
            if (found is null || found.Kind.Name != guess.Kind)
                return false;
            var provider = parts.Providers[found.Kind];
            var node = new RemoteNode(found.Kind, found.RemoteId, found.Name, found.Revision);
            var details = found.Details ?? await provider.DescribeAsync(node, urgency, cancellationToken);
            if (details.Content?.Id != guess.Content?.Id)
                return false;
            await provider.DeleteAsync(
                node, new NodeDeletion { Revision = details.Revision, Content = details.Content }, urgency, cancellationToken);
            return true;
        }
        catch (FsException failure) when (failure.Error is FsError.NotFound or FsError.NotEmpty)
        {
            // The directory has gone, or somebody uses what was made.
            return false;
        }
    }

    /// <summary>Brings a content together that is not sent, while what it shows can still be fetched.</summary>
    public async Task CompleteAsync(InodeNumber inode, CancellationToken cancellationToken)
    {
        var file = files.Use(inode, writes: false);
        try
        {
            if (files.Freeze(file, isOpenToo: false) is { } staged && staged.Number == journal.Find(inode)?.Staged)
                await CompleteAsync(staged, cancellationToken);
        }
        finally
        {
            files.Leave(file);
        }
    }

    // The entry may have changed since the plan was made: what counts is what it is now.
    private SendJob? Start(PlannedEntry planned, bool isAside, bool isOpenToo, FileInUse? file)
    {
        lock (local.Names)
        {
            var job = StartLocked(planned, isAside, isOpenToo, file);
            if (job is { IsNew: false, Xattrs.IsEmpty: true })
                journal.SetSending(job.Row.RemoteId, isDeletion: false);
            return job;
        }
    }

    private SendJob? StartLocked(PlannedEntry planned, bool isAside, bool isOpenToo, FileInUse? file)
    {
        if (journal.Find(planned.Row.Inode) is not { } entry || parts.Cache.Nodes.Get(planned.Row.Inode) is not { IsDetached: false } row
            || row.RemoteId != planned.Row.RemoteId || (!row.IsLocal && journal.IsSending(row.RemoteId))
            || changes.Require(row.Parent) is not { IsLocal: false } directory)
            return null;
        var place = !row.IsLocal && entry.RemoteParent is null
            ? null
            : new NodePlace(directory.RemoteId, isAside ? row.Name + AsideSuffix : row.Name);
        // The plan looked at one thing after the other: a name that it took for free may have changed hands meanwhile.
        if (place is not null && journal.IsStillTaken(place, row.Inode))
            return null;
        var staged = entry.Staged is null || isAside || file is null ? null : files.Freeze(file, isOpenToo);
        if (entry.Staged is not null && !isAside && staged?.Number != entry.Staged)
            return null;
        return new SendJob(entry, row, directory, place, file, staged);
    }

    // Null: the bytes are what the remote side has.
    private async Task<LocalContent?> PrepareAsync(SendJob job, CancellationToken cancellationToken)
    {
        var (staged, entry) = (job.Staged!, job.Entry);
        var copies = new List<KnownCopy>();
        var md5 = staged.SameAsBase?.Md5;
        if (md5 is not null)
            copies.Add(new KnownCopy(staged.Base!.Node!, staged.SameAsBase!.Value));
        else
            md5 = await CompleteAsync(staged, cancellationToken);
        if (!job.IsNew && entry.BaseContent?.Md5 == md5 && journal.ContentsTried(job.Row.RemoteId).Count == 0)
            return null;
        copies.AddRange(parts.Cache.Nodes.FindByMd5(md5, staged.Length)
            .Where(row => !row.IsLocal && row.Inode != job.Row.Inode && row.Details?.Denied is null)
            .Select(row => new KnownCopy(row.RemoteId, row.Details!.Content!.Value)));
        return new LocalContent
        {
            Path = staged.Path,
            Length = staged.Length,
            Md5 = md5,
            Copies = copies,
            Note = entry.Note,
            NoteRefused = why => local.Notes.Refused(job.Row, why),
            SentContent = SentMark.Parse(entry.SentContent) is { } mark && mark.Staged == staged.Number && mark.Content.Length > 0 ? mark.Content : null,
            Completing = token => staged.IsWhole ? Task.CompletedTask : CompleteAsync(staged, token),
            Sending = (content, _) => AboutToReferAsync(job, content),
            Progress = new Progress(bytes => _sentBytes[job.Row.Inode] = bytes),
        };
    }

    private async Task<string> CompleteAsync(StagedContent staged, CancellationToken cancellationToken)
    {
        if (!staged.IsWhole)
        {
            await staged.CompleteAsync(cancellationToken);
            var row = staged.Sync();
            journal.Apply(new StateChange { Staged = [row] });
        }

        return await staged.HashAsync(cancellationToken);
    }

    private async Task AboutToReferAsync(SendJob job, string content)
    {
        journal.Pass(JournalPoint.BytesSent);
        settling.About(job, content);
        await journal.SyncAsync();
        journal.Pass(JournalPoint.BeforeReferred);
    }

    private async Task<RemoteChild> AskAsync(
        SendJob job, LocalContent? content, Urgency urgency, CancellationToken cancellationToken)
    {
        var provider = changes.ProviderOf(job.Row);
        if (job.IsNew)
        {
            var node = new NewNode
            {
                Parent = job.Directory.RemoteId,
                ParentKind = new NodeKind(job.Directory.Kind),
                Name = job.Place!.Name,
                Content = content,
                LinkTo = LinkTo(job),
            };
            return await calls.AskAsync(call => provider.CreateAsync(node, urgency, call), cancellationToken);
        }

        var tried = journal.ContentsTried(job.Row.RemoteId);
        var update = new NodeUpdate
        {
            Place = job.Place,
            Content = content,
            KnownPlace = job.Entry.RemoteParent is { } parent ? new NodePlace(parent, job.Entry.RemoteName!) : null,
            KnownContent = job.Entry.BaseContent?.Id,
            KnownRevision = job.Entry.BaseContent is null && tried.Count == 0 ? job.Entry.BaseRevision : null,
            OwnContents = tried,
            OwnPlaces = journal.PlacesTried(job.Row.RemoteId),
        };
        return await calls.AskAsync(call => provider.UpdateAsync(RowMapping.ToNode(job.Row), update, urgency, call), cancellationToken);
    }

    private string? LinkTo(SendJob job) => new NewLinks(parts.Cache.Nodes).TargetOf(job.Entry, job.Row) is { IsLocal: false } node
        ? changes.ProviderOf(node).RemoteIdOf(RowMapping.ToNode(node))
        : null;

    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
