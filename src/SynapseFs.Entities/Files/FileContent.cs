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

    /// <summary>Through which entity a file handle is asked for.</summary>
    /// <param name="entityId">With or without a version: any version's file handle passes, and the service wants none.</param>
    public static FileHandleAssociation AssociationOf(string entityId, string fileHandleId) => new()
    {
        FileHandleId = fileHandleId,
        AssociateObjectId = SynapseEntityId.Parse(entityId).Id,
        AssociateObjectType = "FileEntity",
    };

    public override async Task<Stream> OpenRangeAsync(long offset, long? length, Urgency urgency, CancellationToken cancellationToken)
    {
        var stream = await client.Downloads
            .OpenRangeAsync(AssociationOf(entity.Id, fileHandleId), offset, length, urgency.ToPriority(), cancellationToken)
            .ForAsync(entity.ToString());
        return new TranslatedStream(stream, entity.ToString());
    }
}
