using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.World.Files;

/// <summary>The bytes that one part of a copy takes: where they lie and under which ETag (in quotes) they must be found.</summary>
internal sealed record CopiedPart(ObjectName Source, ByteRange Range, string Etag);

/// <summary>
/// Multipart uploads whose parts come from a file that is stored already, in another location. Source:
/// MultipartUploadCopyRequestHandler, S3MultipartUploadDAOImpl.
/// </summary>
internal sealed class UploadCopies(FileHandles fileHandles, Downloads downloads, ContentFiles contents)
{
    /// <summary>The handle that is copied and its object, when the caller may copy it to the location.</summary>
    public (FileHandleRow Handle, StoredObject Object) RequireSource(
        Caller caller, MultipartUploadRequest request, StorageLocationSetting location)
    {
        var (handle, _) = downloads.Find(caller, request.SourceFileHandleAssociation!);
        if (handle is null)
        {
            throw ServiceException.Forbidden("The user is not authorized to access the source file.");
        }

        if (location.CreatedBy != caller.Id)
        {
            throw ServiceException.Forbidden("The user does not own the destination storage location.");
        }

        CheckSource(handle.Document, location);
        var stored = contents.Find(handle.ObjectKey ?? "?") ?? throw ServiceException.BadRequest("The specified key does not exist.");
        return (handle, stored);
    }

    public CopiedPart PartOf(UploadRow upload, long number)
    {
        var handle = fileHandles.Get(upload.SourceHandleId ?? 0)
            ?? throw ServiceException.NotFound($"FileHandle: '{upload.SourceHandleId}' cannot be found");
        var range = UploadRules.PartRange(number, upload.Request.PartSizeBytes!.Value, handle.Document.ContentSize!.Value);
        return new CopiedPart(ObjectName.Parse(handle.ObjectKey!), range, upload.SourceEtag!);
    }

    /// <summary>The part's bytes out of the source, into a part file; null: the source is gone or is another now.</summary>
    public async Task<ReceivedPart?> CopyAsync(CopiedPart part, CancellationToken cancellationToken)
    {
        if (contents.Find(part.Source.Text) is not { } stored || stored.Etag != part.Etag)
        {
            return null;
        }

        await using var source = contents.OpenRead(stored);
        source.Position = part.Range.Start;
        return await contents.ReceiveAsync(source, part.Range.Length, cancellationToken);
    }

    private static void CheckSource(FileHandle source, StorageLocationSetting location)
    {
        var reason = source switch
        {
            { ContentSize: null } => "The source file handle does not define its size.",
            { ContentMd5: null } => "The source file handle does not define its content MD5.",
            _ when (source.StorageLocationId ?? StorageLocations.Default) == location.StorageLocationId =>
                "The source file handle is already in the given destination storage location.",
            { ConcreteType: not (SynapseTypes.S3FileHandle or SynapseTypes.GoogleCloudFileHandle) } =>
                "The source file must be stored in a cloud bucket accessible by Synapse.",
            _ when location.ConcreteType == SynapseTypes.ExternalGoogleCloudStorageLocationSetting =>
                "Copying a file to a Google Cloud Bucket is not supported.",
            { ConcreteType: SynapseTypes.GoogleCloudFileHandle } => "The file handle must point to an S3 location.",
            _ => null,
        };
        if (reason is not null)
        {
            throw ServiceException.BadRequest(reason);
        }
    }
}
