using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>A face that is read and written as a file.</summary>
internal sealed class FaceProvider(Face face, EntityReader reader, FaceDescriber describer, ChildReader children, RecentDocuments recent)
    : NodeProvider
{
    public override NodeKind Kind => face.Kind;

    public override NodeType Type => NodeType.File;

    public override bool IsUnderstood => true;

    public Face Face => face;

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = FaceId.EntityOf(node.RemoteId);
        var bundle = await reader.ReadFacesAsync(id, urgency, cancellationToken);
        return await describer.DescribeAsync(id.ToString(), bundle, urgency, cancellationToken);
    }

    public override IReadOnlyList<string> NodesOf(RemoteNode node) => FaceId.NodesOf(FaceId.EntityOf(node.RemoteId).Id);

    public override string? RemoteIdOf(RemoteNode node) => null;

    public override void CheckContent(string name, ReadOnlySpan<byte> content) => face.Check(content.ToArray());

    public override Task CheckRemotelyAsync(RemoteNode node, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        face.CheckRemotelyAsync(FaceId.EntityOf(node.RemoteId), content, cancellationToken).OrRefusedAsync(SubjectOf(node));

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => details.Content is { } key
        ? new DocumentContent(node.RemoteId, key, details.Length, recent, (urgency, token) => ReadAsync(node.RemoteId, urgency, token))
        : throw new FsException(FsError.InputOutput, $"{node.RemoteId}: its content is not known.");

    public override Task<RemoteChild> UpdateAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken) =>
        WriteAsync(node, update, urgency, cancellationToken)
            .OrRefusedAsync(SubjectOf(node));

    public override Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) =>
        throw new ChangeRefusedException(ChangeRefusal.Impossible, $"every entity has its {face.FileName}; change what stands in it.");

    private async Task<EntityDocument> ReadAsync(string node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = FaceId.EntityOf(node);
        return await face.ReadAsync(id, await reader.GetFacesAsync(id, urgency, cancellationToken), urgency, cancellationToken);
    }

    private async Task<RemoteChild> WriteAsync(RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        var text = await WrittenText.ReadAsync(node.Name, update.Content, cancellationToken);
        var id = FaceId.EntityOf(node.RemoteId);
        var bundle = await face.WriteAsync(id, text, RequireKnown, urgency, cancellationToken);
        return await children.ReadAsync(id, bundle, node.Name, Kind, urgency, cancellationToken) with { RemoteId = node.RemoteId };

        void RequireKnown(EntityDocument present)
        {
            if (update.KnownContent is { } known && face.KeyOf(id.ToString(), present).Id != known)
                throw new ChangeRefusedException(
                    ChangeRefusal.ContentChanged, $"{WhatOf(node)} was changed in Synapse since it was read here.");
        }
    }

    private static ChangeSubject SubjectOf(RemoteNode node) => new(WhatOf(node), FaceId.EntityOf(node.RemoteId).Id, Parent: null);

    private static string WhatOf(RemoteNode node) => $"'{node.Name}' of {FaceId.EntityOf(node.RemoteId)}";
}
