using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Storage;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>
/// The "S3" side: signed GETs of objects and signed PUTs of parts, sent or copied. No token, no throttle, XML refusals.
/// </summary>
internal sealed class StorageEndpoints(SynapseWorld world, UrlSignature signature, TimeProvider time)
{
    private const int Chunk = 1 << 18;

    public void Add(ServiceRoutes storage)
    {
        storage.Get("/{bucket}/object/{**key}", Scopes.None, ReadAsync);
        storage.Put("/{bucket}/upload/{id}/{number}", Scopes.None, StageAsync);
        // A signature is for one method on one path; whatever else is asked was never signed.
        storage.Map("HEAD", "/{**any}", Scopes.None, call => call.NothingAsync(StatusCodes.Status403Forbidden));
        foreach (var method in (string[])["GET", "PUT", "POST", "DELETE", "PATCH"])
        {
            storage.Map(method, "/{**any}", Scopes.None, call => RefuseAsync(call, 403, "AccessDenied", "Access Denied"));
        }
    }

    private async Task ReadAsync(ServiceCall call)
    {
        if (await RefuseUnsignedAsync(call))
        {
            return;
        }

        var name = new ObjectName(call.RouteText("bucket"), call.RouteText("key"));
        if (world.Contents.Find(name.Text) is not { } stored)
        {
            await RefuseAsync(call, 404, "NoSuchKey", "The specified key does not exist.");
            return;
        }

        var response = call.Http.Response;
        response.Headers.ETag = stored.Etag;
        response.Headers.LastModified = EntityShape.Date(stored.CreatedOn).ToString("R", CultureInfo.InvariantCulture);
        response.Headers.AcceptRanges = "bytes";
        if (Conditions.Check(call.Http.Request, stored) is { } status)
        {
            await (status == 304 ? call.NothingAsync(304) : RefuseAsync(
                call, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"));
            return;
        }

        var header = Conditions.RangeHeader(call.Http.Request, stored);
        var range = ByteRange.Parse(header, stored.Size, out var isUnsatisfiable);
        if (isUnsatisfiable)
        {
            response.Headers.ContentRange = $"bytes */{stored.Size}";
            await RefuseAsync(call, 416, "InvalidRange", "The requested range is not satisfiable");
            return;
        }

        await SendAsync(call, stored, range);
    }

    private async Task SendAsync(ServiceCall call, StoredObject stored, ByteRange? range)
    {
        var response = call.Http.Response;
        var (start, length) = range ?? new ByteRange(0, stored.Size);
        response.StatusCode = range is null ? 200 : 206;
        if (range is not null)
        {
            response.Headers.ContentRange = $"bytes {start}-{start + length - 1}/{stored.Size}";
        }

        // Both came from whoever named the file: what no header can carry is replaced.
        response.ContentType = Disposition.Latin(call.Query("response-content-type") ?? "application/octet-stream");
        if (call.Query("response-content-disposition") is { } disposition)
        {
            response.Headers.ContentDisposition = Disposition.Latin(disposition);
        }

        response.ContentLength = length;
        call.BodyOrigin = start;
        await using var file = world.Contents.OpenRead(stored);
        await CopyAsync(call, file.SafeFileHandle, start, length);
    }

    // Straight from the page cache into the connection's own buffer; one copy, no stream between.
    private static async Task CopyAsync(ServiceCall call, SafeFileHandle file, long offset, long length)
    {
        var writer = call.Http.Response.BodyWriter;
        while (length > 0)
        {
            var memory = writer.GetMemory((int)Math.Min(Chunk, length));
            var read = RandomAccess.Read(file, memory.Span[..(int)Math.Min(memory.Length, length)], offset);
            if (read == 0)
            {
                throw new IOException("A stored object is shorter than it should be.");
            }

            writer.Advance(read);
            var flushed = await writer.FlushAsync(call.Aborted);
            if (flushed.IsCompleted)
            {
                return;
            }

            call.BytesSent += read;
            offset += read;
            length -= read;
        }
    }

    private async Task StageAsync(ServiceCall call)
    {
        if (await RefuseUnsignedAsync(call))
        {
            return;
        }

        var request = call.Http.Request;
        foreach (var (name, value) in request.Query.Where(pair => pair.Key.StartsWith(SignedUrls.HeaderPrefix, StringComparison.Ordinal)))
        {
            if (request.Headers[name[SignedUrls.HeaderPrefix.Length..]] != value)
            {
                await RefuseAsync(call, 403, "SignatureDoesNotMatch", "A signed header is missing or differs.");
                return;
            }
        }

        var id = EntityIds.ParseNumber(call.RouteText("id"), "id");
        var number = EntityIds.ParseNumber(call.RouteText("number"), "number");
        var upload = world.Transact(() => world.Uploads.UnderWay(id, number));
        if (upload is null)
        {
            await RefuseAsync(call, 404, "NoSuchUpload", "The specified upload does not exist.");
        }
        else if (upload.IsCopy)
        {
            await CopyPartAsync(call, upload, number);
        }
        else
        {
            await ReceivePartAsync(call, id, number);
        }
    }

    private async Task ReceivePartAsync(ServiceCall call, long id, long number)
    {
        var request = call.Http.Request;
        if (request.ContentLength is not { } announced)
        {
            await RefuseAsync(call, 411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
            return;
        }

        if (announced > UploadRules.MaxPartSize)
        {
            await RefuseAsync(call, 400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
            return;
        }

        var part = await world.Contents.ReceiveAsync(request.Body, long.MaxValue, call.Aborted);
        call.BytesReceived += part.Size;
        var wrong = part.Size != announced
            ? ("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header")
            : WrongDigest(request.Headers.ContentMD5.ToString(), part);
        if (wrong is var (code, message))
        {
            world.Transact(() => world.Contents.DeletePart(part.File));
            await RefuseAsync(call, 400, code, message);
            return;
        }

        if (await StoreAsync(call, id, number, part))
        {
            await call.NothingAsync(200);
        }
    }

    private async Task CopyPartAsync(ServiceCall call, UploadRow upload, long number)
    {
        var copied = world.Transact(() => world.UploadCopies.PartOf(upload, number));
        if (await world.UploadCopies.CopyAsync(copied, call.Aborted) is not { } part)
        {
            await RefuseAsync(call, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            return;
        }

        if (await StoreAsync(call, upload.Id, number, part))
        {
            var now = SynapseDateConverter.Text(time.GetUtcNow());
            await call.BytesAsync(200, "application/xml", Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CopyPartResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + $"<LastModified>{now}</LastModified><ETag>&quot;{part.Md5}&quot;</ETag></CopyPartResult>"));
        }
    }

    private async Task<bool> StoreAsync(ServiceCall call, long id, long number, ReceivedPart part)
    {
        if (world.Transact(() => world.Uploads.Stage(id, number, part)) is null)
        {
            await RefuseAsync(call, 404, "NoSuchUpload", "The specified upload does not exist.");
            return false;
        }

        call.Http.Response.Headers.ETag = $"\"{part.Md5}\"";
        return true;
    }

    // The Content-MD5 header is in base64; null: it is right or was not sent.
    private static (string Code, string Message)? WrongDigest(string header, ReceivedPart part)
    {
        if (header.Length == 0)
        {
            return null;
        }

        var digest = new byte[16];
        if (!Convert.TryFromBase64String(header, digest, out var length) || length != digest.Length)
        {
            return ("InvalidDigest", "The Content-MD5 you specified was invalid.");
        }

        return Convert.ToHexStringLower(digest) == part.Md5
            ? null
            : ("BadDigest", "The Content-MD5 you specified did not match what we received.");
    }

    private async Task<bool> RefuseUnsignedAsync(ServiceCall call)
    {
        var verdict = call.Fault?.ExpireUrl == true ? UrlVerdict.Expired : signature.Check(call.Http.Request);
        switch (verdict)
        {
            case UrlVerdict.Expired:
                await RefuseAsync(call, 403, "AccessDenied", "Request has expired");
                return true;
            case UrlVerdict.Tampered:
                await RefuseAsync(
                    call, 403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
                return true;
            default:
                return false;
        }
    }

    private static Task RefuseAsync(ServiceCall call, int status, string code, string message) =>
        call.BytesAsync(status, "application/xml", Encoding.UTF8.GetBytes(StorageErrors.Xml(code, message)));
}
