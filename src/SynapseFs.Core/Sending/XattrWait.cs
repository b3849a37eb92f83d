using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>
/// Lets whoever set an extended attribute wait for the remote side's word: a few seconds at most, and not at all where it will not come
/// soon. What is not answered by then waits in line like every change.
/// </summary>
internal sealed class XattrWait(
    MountParts parts, Journal journal, PlanView view, FilesInUse files, Drainer drainer, Attempts attempts, RemoteCalls calls,
    XattrAnswers answers, WaitingTexts texts)
{
    // A text is open for moments more after its close was answered; one that stays open is not sent.
    private static readonly TimeSpan OpenTextPatience = TimeSpan.FromSeconds(1);

    /// <summary>Returns when what was written of the thing as a text shows in its attributes; waits for that as for an answer.</summary>
    public async ValueTask TextsShownAsync(NodeRow row, CancellationToken cancellationToken)
    {
        if (parts.Options.Offline || calls.Standing.OfflineSince is not null)
            return;
        foreach (var text in texts.About(row))
            await TextSentAsync(text.Inode, cancellationToken);
    }

    /// <param name="accept">Changes it here.</param>
    /// <exception cref="FsException">What <paramref name="accept"/> throws, or what it was refused with.</exception>
    public async Task ChangeAsync(InodeNumber inode, string name, Action accept, CancellationToken cancellationToken)
    {
        using var question = answers.Ask(inode, name);
        using var end = new CancellationTokenSource(parts.Options.XattrPatience, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        view.Hasten(inode);
        try
        {
            accept();
            await journal.SyncAsync();
            await WaitAsync(question, either.Token);
        }
        finally
        {
            view.HastenNoMore(inode);
        }
    }

    private async Task TextSentAsync(InodeNumber text, CancellationToken cancellationToken)
    {
        var patience = files.IsOpenForWriting(text) ? OpenTextPatience : parts.Options.XattrPatience;
        using var end = new CancellationTokenSource(patience, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        view.Hasten(text);
        try
        {
            attempts.EndRest(Drainer.KeyOf(text));
            while (true)
            {
                var news = drainer.NextNewsAsync();
                if (view.IsRemote(text) || attempts.IsResting(Drainer.KeyOf(text)))
                    return;
                drainer.Wake();
                await news.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Shown is what is known.
        }
        finally
        {
            view.HastenNoMore(text);
        }
    }

    private async Task WaitAsync(XattrAnswers.Question question, CancellationToken cancellationToken)
    {
        var key = Drainer.KeyOf(question.Inode);
        try
        {
            attempts.EndRest(key);
            while (true)
            {
                var news = drainer.NextNewsAsync();
                var isOpen = IsAnswerNear(question.Inode) && journal.Find(question.Inode)?.Xattrs.Find(question.Name) is not null;
                if (question.Refusal is { } refusal)
                    throw new FsException(refusal.Error, refusal.Message, refusal);
                if (!isOpen || attempts.IsResting(key))
                    return;
                drainer.Wake();
                await news.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // It is accepted, whoever waits for it.
        }
    }

    private bool IsAnswerNear(InodeNumber inode) =>
        !parts.Options.Offline && calls.Standing.OfflineSince is null && journal.Find(inode) is { IsXattrsOnly: true } entry
        && parts.Cache.Nodes.Get(inode) is { } row && !view.IsNeverSent(entry, row) && files.Find(inode) is not { IsUnsaved: true };
}
