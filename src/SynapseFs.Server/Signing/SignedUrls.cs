using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.World.Files;

namespace SynapseFs.Server.Signing;

/// <summary>Hands out URLs: for downloading a file handle's bytes and for uploading a part.</summary>
internal sealed class SignedUrls(UrlSignature signature, ServerOptions options)
{
    private const string NotSet = "NOT_SET";

    /// <summary>A download URL; it is counted as a download, as Synapse does. Null: the bytes are nowhere we could point to.</summary>
    public string? Download(ServiceCall call, FileHandleRow handle)
    {
        var document = handle.Document;
        if (handle.ObjectKey is not { } key)
        {
            var elsewhere = document.ExternalURL
                ?? (document.EndpointUrl is null ? null : $"{document.EndpointUrl}/{document.Bucket}/{document.FileKey}");
            call.DownloadEvents += elsewhere is null ? 0 : 1;
            return elsewhere;
        }

        call.DownloadEvents++;
        var parameters = new List<KeyValuePair<string, string>>();
        if (document.ContentType is { Length: > 0 } type && type != NotSet)
        {
            parameters.Add(new("response-content-type", type));
        }

        if (document.FileName is { Length: > 0 } name && name != NotSet)
        {
            parameters.Add(new("response-content-disposition", $"attachment; filename=\"{name}\""));
        }

        var isExpired = call.Fault?.ExpireUrl == true;
        return signature.Sign("GET", call.Origin, ObjectPath(key), parameters, options.UrlLifetime, isExpired);
    }

    public PartPresignedUrl Part(ServiceCall call, UploadRow upload, long number, string? contentType)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Doors.Storage}/{Uploads.Bucket}/upload/{upload.Id}/{number}");
        var isTyped = !string.IsNullOrEmpty(contentType);
        List<KeyValuePair<string, string>> parameters = isTyped ? [new("signed-content-type", contentType!)] : [];
        var isExpired = call.Fault?.ExpireUrl == true;
        return new PartPresignedUrl
        {
            PartNumber = number,
            UploadPresignedUrl = signature.Sign("PUT", call.Origin, path, parameters, options.PartUrlLifetime, isExpired),
            SignedHeaders = isTyped ? new Dictionary<string, string> { ["Content-Type"] = contentType! } : null,
        };
    }

    private static string ObjectPath(string key) =>
        $"{Doors.Storage}/{Uploads.Bucket}/object/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}";
}
