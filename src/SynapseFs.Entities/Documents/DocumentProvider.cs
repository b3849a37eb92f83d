using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>What has no kind of its own yet, and any entity's raw face: its JSON, read-only.</summary>
internal sealed class DocumentProvider(SynapseClient client, EntityReader reader, DocumentDescriber describer, RecentDocuments recent)
    : EntityProvider(reader, describer)
{
    public override NodeKind Kind => EntityKinds.Document;

    public override NodeType Type => NodeType.File;

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => details.Content is { } key
        ? new DocumentContent(node.RemoteId, key, details.Length, recent, (urgency, token) => ReadAsync(node.RemoteId, urgency, token))
        : throw new FsException(FsError.InputOutput, $"{node.RemoteId}: its content is not known.");

    private async Task<EntityDocument> ReadAsync(string node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(node);
        return EntityDocument.Of(await client.Entities.GetAsync(id.Id, id.Version, urgency.ToPriority(), cancellationToken));
    }
}
