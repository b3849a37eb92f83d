using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.PythonCache;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Files;

/// <summary>The bytes of files as their details describe them. Costs no call.</summary>
internal sealed class FileContents(SynapseClient client, PythonClientCache? copies)
{
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
}
