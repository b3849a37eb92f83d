using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.PythonCache;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Files;

/// <summary>The bytes of files as their details describe them.</summary>
internal sealed class FileContents(SynapseClient client, PythonClientCache? copies)
{
    /// <summary>Costs no call.</summary>
    /// <exception cref="FsException">AccessDenied when they may not be had.</exception>
    public RemoteContent Open(RemoteNode node, RemoteDetails details)
    {
        if (details.Denied is { } reason)
            throw new FsException(FsError.AccessDenied, reason);
        return details.Content is { } key && FileAssociations.Of(node.RemoteId, key.Id) is { } association
            ? new FileContent(
                client, association, key, details.Length, details.Xattrs.GetValueOrDefault(FileDescriber.FileNameXattr), copies)
            : throw new FsException(FsError.InputOutput, $"{node.RemoteId}: its content is not known.");
    }

    /// <summary>
    /// Whether a file's content is the one that details from elsewhere name. Asks for its address, which the reading that follows needs
    /// anyway; where the Python client has a copy only for what the file handle is, which counts as no download.
    /// </summary>
    public async Task<bool> ConfirmAsync(RemoteNode node, RemoteDetails details, Urgency urgency, CancellationToken cancellationToken)
    {
        if (details is not { Content: { } key, Length: { } length } || FileAssociations.Of(node.RemoteId, key.Id) is not { } association)
            return false;
        try
        {
            var told = copies is not null && await copies.HasAsync(key, length, cancellationToken)
                ? await AskAsync(association, urgency, cancellationToken)
                : await client.Downloads.PrepareAsync(association, urgency.ToPriority(), cancellationToken);
            return told is not null && (told.Length ?? length) == length && (key.Md5 is null || Md5Text.Normalize(told.Md5) == key.Md5);
        }
        catch (SynapseException refused) when (
            refused.Failure is SynapseFailure.NotFound or SynapseFailure.Forbidden or SynapseFailure.NotSupported)
        {
            return false;
        }
        catch (SynapseException exception)
        {
            throw SynapseErrors.Translate(exception, node.RemoteId);
        }
    }

    private async Task<ToldContent?> AskAsync(FileHandleAssociation association, Urgency urgency, CancellationToken cancellationToken)
    {
        var told = await client.Downloads.GetFileHandlesAsync([association], urgency.ToPriority(), cancellationToken);
        return told is [{ FileHandle: { } handle }] ? new ToldContent(handle.ContentSize, handle.ContentMd5) : null;
    }
}
