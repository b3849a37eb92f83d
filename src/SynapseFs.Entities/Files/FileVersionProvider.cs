using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Files;

/// <summary>A pinned version of a file entity: it never changes.</summary>
internal sealed class FileVersionProvider(FileContents contents, EntityReader reader, FileDescriber describer)
    : EntityProvider(reader, describer)
{
    public override NodeKind Kind => EntityKinds.FileVersion;

    public override NodeType Type => NodeType.File;

    public override string ContentOwnerOf(RemoteNode node) => SynapseEntityId.Parse(node.RemoteId).Id;

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => contents.Open(node, details);
}
