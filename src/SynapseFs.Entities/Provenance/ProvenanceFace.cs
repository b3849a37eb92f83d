using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Documents;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Provenance;

/// <summary>How a version came about, as a text. Of the current version it can be written; <c>{}</c> takes away what was recorded.</summary>
internal sealed class ProvenanceFace(ProvenanceWriter writer, SynapseClient client) : Face
{
    public override NodeKind Kind => EntityKinds.ProvenanceJson;

    public override string FileName => "provenance.json";

    public override async Task<EntityDocument> ReadAsync(
        SynapseEntityId id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken) =>
        ProvenanceJson.Write(
            id.Version is null
                ? bundle.Activity
                : await client.Activities.FindAsync(id.Id, id.Version, urgency.ToPriority(), cancellationToken));

    public override void Check(ReadOnlyMemory<byte> text) => ProvenanceJson.Read(text);

    public override Task<EntityBundle> WriteAsync(
        SynapseEntityId id, ReadOnlyMemory<byte> text, Action<EntityDocument> requireKnown, Urgency urgency,
        CancellationToken cancellationToken) =>
        writer.WriteAsync(id, ProvenanceJson.Read(text), present => requireKnown(ProvenanceJson.Write(present)), urgency, cancellationToken);
}
