using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Watching;
using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>
/// Sends a node's extended attributes. What is refused for good is put back, and whoever waits hears why; what somebody may still
/// permit waits, if nobody does.
/// </summary>
internal sealed class XattrSender(
    TreeChanges changes, NodeTree tree, LocalChanges local, RemoteCalls calls, XattrAnswers answers, KernelNews news, Notices notices)
{
    /// <exception cref="ChangeRefusedException">The remote side said no, and that is not answered yet.</exception>
    /// <exception cref="FsException">Trouble on the way.</exception>
    public async Task SendAsync(SendJob job, Urgency urgency, CancellationToken cancellationToken)
    {
        var update = new NodeUpdate { Xattrs = job.Xattrs };
        var provider = changes.ProviderOf(job.Row);
        urgency = answers.IsAwaited(job.Row.Inode) ? Urgency.Waiting : urgency;
        RemoteChild result;
        try
        {
            result = await calls.AskAsync(call => provider.UpdateAsync(RowMapping.ToNode(job.Row), update, urgency, call), cancellationToken);
        }
        catch (ChangeRefusedException refusal) when (IsFinal(job, refusal))
        {
            GiveUp(job, refusal);
            return;
        }

        // First: who finds nothing waiting any more believes what is shown elsewhere.
        changes.OutdateOthers(job.Row);
        local.SettleXattrs(job.Row.Inode, job.Row.RemoteId, job.Xattrs, result.Details?.Xattrs);
        // By the common road: somebody may have given it another content as well.
        if (result.Details is { } details)
            changes.ApplyDetails(job.Row.Inode, details, null);
        news.AttributesChanged(job.Row.Inode);
    }

    private bool IsFinal(SendJob job, ChangeRefusedException refusal) => refusal.Refusal switch
    {
        ChangeRefusal.XattrsChanged or ChangeRefusal.Impossible => true,
        ChangeRefusal.NotAllowed or ChangeRefusal.NotAgreed or ChangeRefusal.NotSignedIn => answers.IsAwaited(job.Row.Inode),
        _ => false,
    };

    private void GiveUp(SendJob job, ChangeRefusedException refusal)
    {
        notices.Add($"The extended attributes of '{job.Row.Name}' are as they were: {refusal.Message}");
        // First the answer: who finds the change gone and no refusal takes it for sent.
        answers.Refused(job.Row.Inode, refusal.Xattrs, new FsException(refusal.Error, refusal.Message, refusal));
        local.GiveUpXattrs(job.Row.Inode, job.Xattrs, refusal.Xattrs);
        tree.EndLeases(job.Row.Parent);
    }
}
