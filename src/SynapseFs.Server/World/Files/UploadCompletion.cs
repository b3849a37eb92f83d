using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Previews;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.World.Files;

/// <summary>
/// The end of a multipart upload: its parts become an object, and the object a file handle. Parts are joined outside of the
/// transaction, one upload at a time; asked again, it answers what it made the first time.
/// </summary>
internal sealed class UploadCompletion(
    Database database, UploadTable table, Uploads uploads, FileHandles fileHandles, ContentFiles contents, StorageLocations locations,
    PreviewQueue previews, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _joining = new(1);

    public async Task<MultipartUploadStatus> CompleteAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        await _joining.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var parts = database.Transact(() => Parts(caller, id));
                if (parts.Count > 1)
                {
                    await contents.JoinAsync(parts, cancellationToken);
                }

                if (database.Transact(() => Finish(caller, id, parts)) is { } status)
                {
                    return status;
                }
            }
        }
        finally
        {
            _joining.Release();
        }
    }

    public void Dispose() => _joining.Dispose();

    /// <summary>All parts in their order; none when the upload is complete.</summary>
    private IReadOnlyList<ReceivedPart> Parts(Caller caller, long id)
    {
        var upload = uploads.Require(caller, id);
        if (upload.FileHandleId is not null)
        {
            return [];
        }

        var added = table.Added(id);
        if (added.Count < upload.PartCount)
        {
            throw ServiceException.BadRequest(
                $"Missing {upload.PartCount - added.Count} part(s).  All parts must be successfully added before a file upload can be "
                + "completed.");
        }

        return added.Take(added.Count - 1).Any(part => part.Part.Size < UploadRules.MinPartSize)
            ? throw ServiceException.BadRequest("Your proposed upload is smaller than the minimum allowed size")
            : [.. added.Select(part => part.Part)];
    }

    // Null: a part was replaced while the others were joined.
    private MultipartUploadStatus? Finish(Caller caller, long id, IReadOnlyList<ReceivedPart> parts)
    {
        var upload = uploads.Require(caller, id);
        if (upload.FileHandleId is not null)
        {
            return uploads.Status(upload);
        }

        if (!parts.SequenceEqual(Parts(caller, id)))
        {
            contents.DeleteJoined(parts);
            return null;
        }

        var stored = contents.Assemble(upload.ObjectKey, parts);
        var handle = fileHandles.Add(Document(upload, stored), caller, stored.Key);
        if (upload.Request.GeneratePreview == false)
        {
            // A handle that is to have no preview names itself.
            fileHandles.SetPreview(handle, handle.Id);
        }
        else
        {
            previews.Want(handle);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        table.Complete(id, handle.Id, now);
        return uploads.Status(upload with { FileHandleId = handle.Id, UpdatedOn = now });
    }

    private bool IsGoogle(long location) =>
        locations.Find(location)?.ConcreteType == SynapseTypes.ExternalGoogleCloudStorageLocationSetting;

    private FileHandle Document(UploadRow upload, StoredObject stored)
    {
        var name = ObjectName.Parse(stored.Key);
        var source = upload.SourceHandleId is { } id ? fileHandles.Get(id)?.Document : null;
        var location = upload.Request.StorageLocationId ?? StorageLocations.Default;
        return new FileHandle
        {
            ConcreteType = IsGoogle(location) ? SynapseTypes.GoogleCloudFileHandle : SynapseTypes.S3FileHandle,
            ContentType = upload.IsCopy ? source?.ContentType : upload.Request.ContentType,
            ContentMd5 = upload.IsCopy ? source?.ContentMd5 : upload.Request.ContentMD5Hex,
            ContentSize = stored.Size,
            FileName = upload.Request.FileName,
            StorageLocationId = location,
            BucketName = name.Bucket,
            Key = name.Key,
            IsPreview = false,
        };
    }
}
