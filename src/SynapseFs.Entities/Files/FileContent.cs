using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Files;

/// <summary>
/// The bytes behind one file handle. Only here is an address asked for, and only when bytes are wanted: Synapse counts each as a
/// download.
/// </summary>
internal sealed class FileContent(SynapseClient client, SynapseEntityId entity, string fileHandleId, long? length) : RemoteContent
{
    public override long? Length => length;

    public override async Task<Stream> OpenRangeAsync(long offset, long? length, Urgency urgency, CancellationToken cancellationToken)
    {
        // The association names the entity without its version: any version's file handle passes.
        var association = new FileHandleAssociation
        {
            FileHandleId = fileHandleId,
            AssociateObjectId = entity.Id,
            AssociateObjectType = "FileEntity",
        };
        var stream = await client.Downloads
            .OpenRangeAsync(association, offset, length, urgency.ToPriority(), cancellationToken)
            .ForAsync(entity.ToString());
        return new TranslatedStream(stream, entity.ToString());
    }
}
