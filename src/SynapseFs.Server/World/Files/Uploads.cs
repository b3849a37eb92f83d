using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Storage;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Files;

/// <summary>
/// The multipart protocol: start or resume, stage, add; <see cref="UploadCompletion"/> ends it. All within transactions. Source:
/// MultipartManagerV2Impl.
/// </summary>
internal sealed class Uploads(
    UploadTable table, FileHandles fileHandles, ContentFiles contents, StorageLocations locations, UploadCopies copies, TimeProvider time)
{
    public const string Bucket = "synapsefs.data";

    /// <summary>How long an upload that nothing happens to is remembered. Source: MultipartManagerV2.EXPIRE_PERIOD_DAYS.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    public MultipartUploadStatus Start(Caller caller, MultipartUploadRequest request, bool forceRestart)
    {
        UploadRules.CheckPartSize(request);
        RequireName(caller);
        UploadRules.Check(request);
        var hash = UploadRules.Hash(request);
        var known = table.Find(caller.Id, hash);
        if (known is not null && (forceRestart || IsGone(known)))
        {
            table.Forget(known.Id);
            known = null;
        }

        return Status(known ?? table.Add(NewUpload(caller, request), hash));
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
        if (number < 1)
        {
            throw ServiceException.BadRequest("Part numbers cannot be less than one.");
        }

        if (number > upload.PartCount)
        {
            throw ServiceException.BadRequest(
                $"Part number cannot be larger than number of parts. Number of parts: {upload.PartCount}, provided part number: {number}");
        }
    }

    /// <summary>The upload under way that a part's URL speaks of; null: there is none, or it has no such part.</summary>
    public UploadRow? UnderWay(long id, long number) =>
        table.Get(id) is { FileHandleId: null } upload && number >= 1 && number <= upload.PartCount ? upload : null;

    /// <summary>Remembers bytes that came through a part's URL; null: there is no such upload under way.</summary>
    public UploadRow? Stage(long id, long number, ReceivedPart part)
    {
        if (UnderWay(id, number) is not { } upload)
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
        if (string.IsNullOrEmpty(md5))
        {
            throw ServiceException.BadRequest("Required request parameter 'partMD5Hex' for method parameter type String is not present");
        }

        var upload = Require(caller, id);
        if (upload.FileHandleId is not null)
        {
            throw ServiceException.BadRequest("Cannot add parts to completed file upload.");
        }

        RequirePart(upload, number);
        var failure = AddStaged(upload, number, md5);
        table.Touch(id, Now);
        return new AddPartResponse
        {
            UploadId = EntityShape.Text(id),
            PartNumber = number,
            AddPartState = failure is null ? "ADD_SUCCESS" : "ADD_FAILED",
            ErrorMessage = failure,
        };
    }

    /// <summary>Forgets the uploads that nothing has happened to for long, with whatever parts they have.</summary>
    public void RemoveIdle()
    {
        foreach (var id in table.UntouchedSince((time.GetUtcNow() - Memory).ToUnixTimeMilliseconds()))
        {
            foreach (var file in table.PartFiles(id))
            {
                contents.DeletePart(file);
            }

            table.Delete(id);
        }
    }

    public MultipartUploadStatus Status(UploadRow upload)
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

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private UploadRow NewUpload(Caller caller, MultipartUploadRequest request)
    {
        var location = locations.Require(request.StorageLocationId);
        var source = UploadRules.IsCopy(request) ? copies.RequireSource(caller, request, location) : ((FileHandleRow, StoredObject)?)null;
        var (handle, stored) = source is { } found ? (found.Item1, found.Item2) : (null, null);
        var named = request with
        {
            FileName = string.IsNullOrWhiteSpace(request.FileName) ? handle?.Document.FileName : request.FileName,
        };
        var size = handle?.Document.ContentSize ?? request.FileSizeBytes ?? 0;
        return new UploadRow
        {
            Id = 0,
            UserId = caller.Id,
            Request = named,
            ObjectKey = NewObject(caller, location, NameRule.Check(named.FileName ?? "")).Text,
            PartCount = UploadRules.CountParts(size, request.PartSizeBytes!.Value),
            StartedOn = Now,
            UpdatedOn = Now,
            SourceHandleId = handle?.Id,
            SourceEtag = stored?.Etag,
        };
    }

    private static ObjectName NewObject(Caller caller, StorageLocationSetting location, string fileName)
    {
        var bucket = location.ConcreteType switch
        {
            SynapseTypes.S3StorageLocationSetting => Bucket,
            SynapseTypes.ExternalS3StorageLocationSetting or SynapseTypes.ExternalGoogleCloudStorageLocationSetting => location.Bucket!,
            var type => throw ServiceException.BadRequest($"Cannot get bucket from storage location setting type class {type}"),
        };
        var key = $"{caller.IdText}/{Guid.NewGuid()}/{PathName(fileName)}";
        return new ObjectName(bucket, location.BaseKey is { } baseKey ? $"{baseKey}/{key}" : key);
    }

    private static void RequireName(Caller caller)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous cannot upload files.");
        }
    }

    // A name of dots alone would be eaten by whoever normalises the URL's path.
    private static string PathName(string fileName) => fileName.Trim('.').Length == 0 ? "dots" : fileName;

    /// <summary>A finished upload whose handle or object is gone has to begin anew.</summary>
    private bool IsGone(UploadRow upload) =>
        upload.FileHandleId is { } id && (fileHandles.Get(id) is null || contents.Find(upload.ObjectKey) is null);

    // Not idempotent, as in Synapse: the staged bytes are consumed, so adding twice without a new PUT loses the part. The parts of a
    // copy lie in the provider's own upload from the beginning: there, adding again changes nothing.
    private string? AddStaged(UploadRow upload, long number, string md5)
    {
        var staged = table.FindPart(upload.Id, number, isAdded: false);
        var former = table.FindPart(upload.Id, number, isAdded: true);
        if (upload.IsCopy && staged is null && former is not null && former.Md5.Equals(md5, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (former is not null)
        {
            table.DeletePart(upload.Id, number, isAdded: true);
            contents.DeletePart(former.File);
        }

        if (staged is null)
        {
            return "The specified key does not exist.";
        }

        if (!staged.Md5.Equals(md5, StringComparison.OrdinalIgnoreCase))
        {
            return "The provided MD5 does not match the MD5 of the uploaded part.  Please re-upload the part.";
        }

        table.DeletePart(upload.Id, number, isAdded: false);
        table.PutPart(upload.Id, number, isAdded: true, staged);
        return null;
    }

    private static DateTimeOffset Second(long milliseconds) => DateTimeOffset.FromUnixTimeSeconds(milliseconds / 1000);
}
