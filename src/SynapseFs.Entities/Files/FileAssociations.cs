using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Entities.Wikis;

namespace SynapseFs.Entities.Files;

/// <summary>Through what a file handle is asked for, told by the remote id of the node that has it. Pure.</summary>
internal static class FileAssociations
{
    /// <param name="remoteId">An entity, with or without a version (any version's file handle passes), or an attachment of a wiki.</param>
    /// <returns>Null: nodes of that sort have no file handles.</returns>
    public static FileHandleAssociation? Of(string remoteId, string fileHandleId)
    {
        if (SynapseEntityId.TryParse(remoteId, out var entity))
            return Of("FileEntity", entity.Id, fileHandleId);
        return WikiId.TryParse(EntityKinds.WikiAttachment, remoteId) is { Page: { } page }
            ? Of("WikiAttachment", page, fileHandleId)
            : null;
    }

    private static FileHandleAssociation Of(string type, string id, string fileHandleId) =>
        new() { FileHandleId = fileHandleId, AssociateObjectId = id, AssociateObjectType = type };
}
