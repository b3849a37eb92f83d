using SynapseFs.Core.Providers;
using SynapseFs.Entities.Documents;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>What programs put down beside the faces that they write: temporary files and backups. It never leaves this machine.</summary>
internal sealed class ScratchProvider(IReadOnlyList<FaceProvider> faces) : NodeProvider
{
    public override NodeKind Kind => EntityKinds.Scratch;

    public override NodeType Type => NodeType.File;

    public override bool StaysHere => true;

    public override Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken) =>
        throw new FsException(FsError.NotFound, $"'{node.Name}' exists on its own machine only.");

    /// <summary>A backup shows the face that it was.</summary>
    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) =>
        details.Content is { } key && faces.FirstOrDefault(provider => provider.Face.IsOurs(key)) is { } face
            ? face.OpenContent(node, details)
            : base.OpenContent(node, details);

    public override string? RemoteIdOf(RemoteNode node) => null;
}
