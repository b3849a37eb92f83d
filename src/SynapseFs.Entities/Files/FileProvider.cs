using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Files;

/// <summary>A file entity: the current version, or a pinned one under its own kind.</summary>
internal sealed class FileProvider(NodeKind kind, SynapseClient client, EntityReader reader, FileDescriber describer)
    : EntityProvider(reader, describer)
{
    public override NodeKind Kind => kind;

    public override NodeType Type => NodeType.File;

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details)
    {
        if (details.Denied is { } reason)
            throw new FsException(FsError.AccessDenied, reason);
        return details.Content is { } key
            ? new FileContent(client, SynapseEntityId.Parse(node.RemoteId), key.Id, details.Length)
            : throw new FsException(FsError.InputOutput, $"{node.RemoteId}: its content is not known.");
    }
}
