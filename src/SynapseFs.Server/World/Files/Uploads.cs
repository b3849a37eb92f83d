using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Files;

/// <summary>The multipart protocol: start or resume, stage, add, complete. Source: MultipartManagerV2Impl.</summary>
internal sealed class Uploads(UploadTable table, FileHandles fileHandles, ContentFiles contents, TimeProvider time)
{
    public const string Bucket = "synapsefs.data";

    public MultipartUploadStatus Start(Caller caller, MultipartUploadRequest request, bool forceRestart)
    {
        RequireName(caller);
        var count = UploadRules.CountParts(request);
        StorageLocations.Require(request.StorageLocationId ?? StorageLocations.Default);
        var hash = UploadRules.Hash(request);
        var known = table.Find(caller.Id, hash);
        if (known is not null && (forceRestart || IsGone(known)))
        {
            table.Forget(known.Id);
            known = null;
        }

        return Status(known ?? table.Add(
            new UploadRow
            {
                Id = 0,
                UserId = caller.Id,
                Request = request,
                ObjectKey = $"{caller.IdText}/{Guid.NewGuid()}/{PathName(request.FileName!.Trim())}",
                PartCount = count,
                StartedOn = Now,
                UpdatedOn = Now,
            },
            hash));
    }

    /// <summary>The upload, if it is the caller's own.</summary>
    public UploadRow Require(Caller caller, long id)
    {
        RequireName(caller);
        var upload = table.Get(id) ?? throw ServiceException.NotFound($"MultipartUploadStatus cannot be found for id: {id}");
        return upload.UserId == caller.Id
            ? upload
            : throw ServiceException.Forbidden(
                "Only the user that started a multipart upload can get part upload pre-signed URLs for that file upload.");
    }

    public static void RequirePart(UploadRow upload, long number)
    {
        if (number < 1 || number > upload.PartCount)
        {
            throw ServiceException.BadRequest($"Part number must be between 1 and {upload.PartCount}, not: {number}");
        }
    }

    /// <summary>Remembers bytes that came through a part's URL; null: there is no such upload under way.</summary>
    public UploadRow? Stage(long id, long number, ReceivedPart part)
    {
        if (table.Get(id) is not { FileHandleId: null } upload || number < 1 || number > upload.PartCount)
        {
            contents.DeletePart(part.File);
            return null;
        }

        if (table.FindPart(id, number, isAdded: false) is { } former)
        {
            contents.DeletePart(former.File);
        }

        table.PutPart(id, number, isAdded: false, part);
        return upload;
    }

    public AddPartResponse Add(Caller caller, long id, long number, string? md5)
    {
        var upload = Require(caller, id);
        if (string.IsNullOrEmpty(md5))
        {
            throw ServiceException.BadRequest("Required request parameter 'partMD5Hex' for method parameter type String is not present");
        }

        RequirePart(upload, number);
        if (upload.FileHandleId is not null)
        {
            throw ServiceException.BadRequest("Cannot add parts to completed file upload.");
        }

        var failure = AddStaged(id, number, md5);
        table.Touch(id, Now);
        return new AddPartResponse
        {
            UploadId = EntityShape.Text(id),
            PartNumber = number,
            AddPartState = failure is null ? "ADD_SUCCESS" : "ADD_FAILED",
            ErrorMessage = failure,
        };
    }

    public MultipartUploadStatus Complete(Caller caller, long id)
    {
        var upload = Require(caller, id);
        if (upload.FileHandleId is not null)
        {
            return Status(upload);
        }

        var added = table.Added(id);
        if (added.Count < upload.PartCount)
        {
            throw ServiceException.BadRequest(
                $"Missing {upload.PartCount - added.Count} part(s).  All parts must be successfully added before a file upload can be completed.");
        }

        if (added.Take(added.Count - 1).Any(part => part.Part.Size < UploadRules.MinPartSize))
        {
            throw ServiceException.BadRequest("Your proposed upload is smaller than the minimum allowed size");
        }

        var stored = contents.Assemble(upload.ObjectKey, [.. added.Select(part => part.Part)]);
        var handle = fileHandles.Add(Document(upload, stored), caller, stored.Key);
        table.Complete(id, handle.Id, Now);
        return Status(upload with { FileHandleId = handle.Id, UpdatedOn = Now });
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static void RequireName(Caller caller)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous cannot upload files.");
        }
    }

    // A name of dots alone would be eaten by whoever normalises the URL's path.
    private static string PathName(string fileName) => fileName.Trim('.').Length == 0 ? "dots" : fileName;

    private static FileHandle Document(UploadRow upload, StoredObject stored) => new()
    {
        ConcreteType = SynapseTypes.S3FileHandle,
        ContentType = upload.Request.ContentType,
        ContentMd5 = upload.Request.ContentMD5Hex,
        ContentSize = stored.Size,
        FileName = upload.Request.FileName,
        StorageLocationId = upload.Request.StorageLocationId ?? StorageLocations.Default,
        BucketName = Bucket,
        Key = stored.Key,
        IsPreview = false,
    };

    /// <summary>A finished upload whose handle or object is gone has to begin anew.</summary>
    private bool IsGone(UploadRow upload) =>
        upload.FileHandleId is { } id && (fileHandles.Get(id) is null || contents.Find(upload.ObjectKey) is null);

    // Not idempotent, as in Synapse: the staged bytes are consumed, so adding twice without a new PUT loses the part.
    private string? AddStaged(long id, long number, string md5)
    {
        if (table.FindPart(id, number, isAdded: true) is { } former)
        {
            table.DeletePart(id, number, isAdded: true);
            contents.DeletePart(former.File);
        }

        if (table.FindPart(id, number, isAdded: false) is not { } staged)
        {
            return "The specified key does not exist.";
        }

        if (!staged.Md5.Equals(md5, StringComparison.OrdinalIgnoreCase))
        {
            return "The provided MD5 does not match the MD5 of the uploaded part.  Please re-upload the part.";
        }

        table.DeletePart(id, number, isAdded: false);
        table.PutPart(id, number, isAdded: true, staged);
        return null;
    }

    private MultipartUploadStatus Status(UploadRow upload)
    {
        var isComplete = upload.FileHandleId is not null;
        var parts = new string(isComplete ? '1' : '0', upload.PartCount).ToCharArray();
        foreach (var (number, _) in table.Added(upload.Id))
        {
            parts[number - 1] = '1';
        }

        return new MultipartUploadStatus
        {
            UploadId = EntityShape.Text(upload.Id),
            StartedBy = EntityShape.Text(upload.UserId),
            StartedOn = Second(upload.StartedOn),
            UpdatedOn = Second(upload.UpdatedOn),
            PartsState = new string(parts),
            State = isComplete ? "COMPLETED" : "UPLOADING",
            ResultFileHandleId = upload.FileHandleId is { } id ? EntityShape.Text(id) : null,
        };
    }

    private static DateTimeOffset Second(long milliseconds) => DateTimeOffset.FromUnixTimeSeconds(milliseconds / 1000);
}
