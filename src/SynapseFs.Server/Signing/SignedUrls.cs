using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.Signing;

/// <summary>Hands out URLs: for downloading a file handle's bytes and for uploading a part.</summary>
internal sealed class SignedUrls(UrlSignature signature, SynapseWorld world, ServerOptions options, TimeProvider time)
{
    /// <summary>Begins the parameters that name a header which the request must carry as it is there.</summary>
    public const string HeaderPrefix = "signed-";

    private const string NotSet = "NOT_SET";

    /// <summary>A download URL; it is counted as a download, as Synapse does. Null: the bytes are nowhere we could point to.</summary>
    public string? Download(ServiceCall call, FileHandleRow handle)
    {
        var url = Url(call, handle);
        if (url is not null)
        {
            call.DownloadEvents++;
            world.FileEvents.Downloaded(call.Caller, handle.Id);
        }

        return url;
    }

    /// <summary>The same, not counted: previews are no downloads.</summary>
    public string? Url(ServiceCall call, FileHandleRow handle)
    {
        var document = handle.Document;
        if (handle.ObjectKey is not { } key)
        {
            return Elsewhere(document);
        }

        var parameters = new List<KeyValuePair<string, string>>();
        if (document.ContentType is { Length: > 0 } type && type != NotSet)
        {
            parameters.Add(new("response-content-type", type));
        }

        if (document.FileName is { Length: > 0 } name && name != NotSet)
        {
            parameters.Add(new("response-content-disposition", Disposition.Of(name)));
        }

        var isExpired = call.Fault?.ExpireUrl == true;
        return signature.Sign("GET", call.Origin, ObjectPath(ObjectName.Parse(key)), parameters, options.UrlLifetime, isExpired);
    }

    /// <summary>The URL to PUT a part to; <paramref name="copied"/> is what the part of a copy is taken from.</summary>
    public PartPresignedUrl Part(ServiceCall call, UploadRow upload, CopiedPart? copied, long number, string? contentType)
    {
        var bucket = ObjectName.Parse(upload.ObjectKey).Bucket;
        var path = string.Create(CultureInfo.InvariantCulture, $"{Doors.Storage}/{bucket}/upload/{upload.Id}/{number}");
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(contentType))
        {
            headers["Content-Type"] = contentType;
        }

        if (copied is not null)
        {
            var (start, length) = copied.Range;
            headers["x-amz-copy-source"] = $"{copied.Source.Bucket}/{EscapePath(copied.Source.Key)}";
            headers["x-amz-copy-source-range"] = string.Create(CultureInfo.InvariantCulture, $"bytes={start}-{start + length - 1}");
            headers["x-amz-copy-source-if-match"] = copied.Etag.Trim('"');
        }

        var parameters = headers.Select(header => new KeyValuePair<string, string>(HeaderPrefix + header.Key, header.Value)).ToList();
        var isExpired = call.Fault?.ExpireUrl == true;
        return new PartPresignedUrl
        {
            PartNumber = number,
            UploadPresignedUrl = signature.Sign("PUT", call.Origin, path, parameters, options.PartUrlLifetime, isExpired),
            SignedHeaders = headers.Count == 0 ? null : headers,
        };
    }

    private string? Elsewhere(FileHandle document) => document.ConcreteType switch
    {
        SynapseTypes.ExternalFileHandle => document.ExternalURL,
        SynapseTypes.ExternalObjectStoreFileHandle => $"{document.EndpointUrl}/{document.Bucket}/{document.FileKey}",
        SynapseTypes.ProxyFileHandle when world.StorageLocations.Find(document.StorageLocationId) is { ProxyUrl: not null } proxy =>
            ProxyUrl.Of(document, proxy, time.GetUtcNow() + options.UrlLifetime),
        _ => null,
    };

    private static string ObjectPath(ObjectName name) => $"{Doors.Storage}/{name.Bucket}/object/{EscapePath(name.Key)}";

    private static string EscapePath(string key) => string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
}
