using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Previews;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.World.Files;

/// <summary>File handles of bytes that did not come through an upload. Source: FileHandleManagerImpl.createExternalFileHandle.</summary>
internal sealed class ExternalFileHandles(
    FileHandles fileHandles, StorageLocations locations, ContentFiles contents, Access access, PreviewQueue previews)
{
    private const string NotSet = "NOT_SET";
    private const string ProxyRefusal =
        "Only the creator of the ProxyStorageLocationSettings or a user with the 'create' permission on "
        + "ProxyStorageLocationSettings.benefactorId can create a ProxyFileHandle using this storage location ID.";

    /// <summary>A URL, an object of a store that Synapse does not know, or a file behind a proxy.</summary>
    public FileHandle Add(Caller caller, FileHandle body)
    {
        RequireName(caller);
        var document = body.ConcreteType switch
        {
            SynapseTypes.ExternalFileHandle => OfUrl(body),
            SynapseTypes.ExternalObjectStoreFileHandle => OfObjectStore(body),
            SynapseTypes.ProxyFileHandle => OfProxy(caller, body),
            _ => throw ServiceException.BadRequest($"Unexpected type of ExternalFileHandleInterface: {body.ConcreteType}"),
        };
        return fileHandles.Add(document, caller, objectKey: null).Document;
    }

    public FileHandle AddProxy(Caller caller, FileHandle body)
    {
        RequireName(caller);
        return fileHandles.Add(OfProxy(caller, body), caller, objectKey: null).Document;
    }

    /// <summary>An object that lies in somebody's bucket already, told by the bucket's owner. The MD5 is believed.</summary>
    public FileHandle AddInBucket(Caller caller, FileHandle body, string locationType, string handleType)
    {
        RequireName(caller);
        var id = body.StorageLocationId ?? throw Missing("FileHandle.storageLocationId");
        var bucket = Filled(body.BucketName, "FileHandle.bucket");
        var key = Filled(body.Key, "FileHandle.key");
        var md5 = Md5(Filled(body.ContentMd5, "FileHandle.contentMd5"));
        var kind = locationType[(locationType.LastIndexOf('.') + 1)..];
        var location = locations.Require(id);
        if (location.ConcreteType != locationType)
        {
            throw ServiceException.BadRequest($"StorageLocationSetting.id={id} was not of the expected type: {locationType}");
        }

        if (bucket != location.Bucket)
        {
            throw ServiceException.BadRequest($"The bucket for {kind}.id={id} does not match the provided bucket: {bucket}");
        }

        if (StorageLocationRules.IsSts(location) && location.BaseKey is { } baseKey && !key.StartsWith(baseKey, StringComparison.Ordinal))
        {
            throw ServiceException.BadRequest($"The baseKey for {kind}.id={id} does not match the provided key: {key}");
        }

        if (location.CreatedBy != caller.Id)
        {
            var type = handleType[(handleType.LastIndexOf('.') + 1)..];
            throw ServiceException.Forbidden(
                $"Only the creator of {kind}.id={id} can create an external {type} with storageLocationId = {id}");
        }

        var name = new ObjectName(bucket, key);
        var stored = contents.Find(name.Text)
            ?? throw ServiceException.BadRequest($"Unable to access the file at bucket: {bucket} key: {key}.");
        var document = Common(body, handleType) with
        {
            BucketName = bucket,
            Key = NameRule.CheckLength(key, 700, "key"),
            ContentMd5 = md5,
            ContentSize = body.ContentSize ?? stored.Size,
            IsPreview = false,
        };
        var handle = fileHandles.Add(document, caller, name.Text);
        previews.Want(handle);
        return handle.Document;
    }

    private FileHandle OfUrl(FileHandle body)
    {
        var url = UrlRule.CheckExternal(body.ExternalURL ?? throw ServiceException.BadRequest("ExternalURL cannot be null"));
        if (body.StorageLocationId is { } id && StorageLocationRules.IsSts(locations.Require(id)))
        {
            throw ServiceException.BadRequest("Cannot create ExternalFileHandle in an STS-enabled storage location");
        }

        return Common(body, SynapseTypes.ExternalFileHandle) with { ExternalURL = url };
    }

    private FileHandle OfObjectStore(FileHandle body)
    {
        var id = body.StorageLocationId ?? throw Missing("ExternalObjectStoreFileHandle.storageLocationId");
        _ = body.ContentSize ?? throw Missing("ExternalObjectStoreFileHandle.contentSize");
        var md5 = Filled(body.ContentMd5, "FileHandle.contentMd5");
        var key = Filled(body.FileKey, "ExternalObjectStoreFileHandle.fileKey");
        Md5(md5);
        var location = locations.Require(id);
        if (location.ConcreteType != SynapseTypes.ExternalObjectStorageLocationSetting)
        {
            throw ServiceException.BadRequest(
                $"StorageLocationSetting.id={id} was type:{location.ConcreteType}not of the expected type: "
                + SynapseTypes.ExternalObjectStorageLocationSetting);
        }

        return Common(body, SynapseTypes.ExternalObjectStoreFileHandle) with
        {
            FileKey = key,
            EndpointUrl = location.EndpointUrl,
            Bucket = location.Bucket,
        };
    }

    private FileHandle OfProxy(Caller caller, FileHandle body)
    {
        var md5 = Filled(body.ContentMd5, "ProxyFileHandle.contentMd5");
        _ = body.ContentSize ?? throw Missing("ProxyFileHandle.contentSize");
        Filled(body.ContentType, "ProxyFileHandle.contentType");
        Filled(body.FileName, "ProxyFileHandle.fileName");
        var path = Filled(body.FilePath, "ProxyFileHandle.filePath");
        var location = locations.Require(body.StorageLocationId ?? throw Missing("ProxyFileHandle.storageLocationId"));
        if (location.ConcreteType != SynapseTypes.ProxyStorageLocationSettings)
        {
            throw ServiceException.BadRequest("ProxyFileHandle.storageLocationId must refer to a valid ProxyStorageLocationSettings.");
        }

        Md5(md5);
        var mayAdd = location.CreatedBy == caller.Id
            || (location.BenefactorId is { } id && access.Find(caller, EntityIds.Parse(id))?.May(AccessTypes.Create) == true);
        return mayAdd
            ? Common(body, SynapseTypes.ProxyFileHandle) with { FilePath = path }
            : throw ServiceException.Forbidden(ProxyRefusal);
    }

    private static FileHandle Common(FileHandle body, string type) => new()
    {
        ConcreteType = type,
        FileName = NameRule.CheckLength(body.FileName, 256, "fileName") ?? NotSet,
        ContentType = NameRule.CheckLength(body.ContentType, 256, "contentType") ?? NotSet,
        ContentMd5 = body.ContentMd5,
        ContentSize = body.ContentSize,
        StorageLocationId = body.StorageLocationId,
    };

    private static string Filled(string? text, string field) =>
        string.IsNullOrEmpty(text) ? throw ServiceException.BadRequest($"{field} is required and must not be the empty string.") : text;

    private static string Md5(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit)
        ? text
        : throw ServiceException.BadRequest("The content MD5 digest must be a valid hexadecimal string of length 32.");

    private static ServiceException Missing(string field) => ServiceException.BadRequest($"{field} is required.");

    private static void RequireName(Caller caller)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous cannot upload files.");
        }
    }
}
