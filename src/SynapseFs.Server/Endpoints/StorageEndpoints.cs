using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>The "S3" side: signed GETs of objects and signed PUTs of parts. No token, no throttle, XML refusals.</summary>
internal sealed class StorageEndpoints(SynapseWorld world, UrlSignature signature)
{
    private const int Chunk = 1 << 18;

    public void Add(ServiceRoutes storage)
    {
        storage.Get($"/{Uploads.Bucket}/object/{{**key}}", Scopes.None, ReadAsync);
        // The signature is for GET, so a HEAD is never signed.
        storage.Map("HEAD", "/{**any}", Scopes.None, call => call.NothingAsync(StatusCodes.Status403Forbidden));
        storage.Put($"/{Uploads.Bucket}/upload/{{id}}/{{number}}", Scopes.None, StageAsync);
    }

    private async Task ReadAsync(ServiceCall call)
    {
        if (await RefuseUnsignedAsync(call))
        {
            return;
        }

        if (world.Contents.Find(call.RouteText("key")) is not { } stored)
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

        response.ContentType = call.Query("response-content-type") ?? "application/octet-stream";
        if (call.Query("response-content-disposition") is { } disposition)
        {
            response.Headers.ContentDisposition = disposition;
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
        if (request.ContentLength is not { } announced)
        {
            await RefuseAsync(call, 411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
            return;
        }

        if (call.Query("signed-content-type") is { } type && request.ContentType != type)
        {
            await RefuseAsync(call, 403, "SignatureDoesNotMatch", "A signed header is missing or differs.");
            return;
        }

        var part = await world.Contents.ReceiveAsync(request.Body, call.Aborted);
        call.BytesReceived += part.Size;
        if (part.Size != announced)
        {
            world.Transact(() => world.Contents.DeletePart(part.File));
            await RefuseAsync(call, 400, "IncompleteBody", "You did not provide the number of bytes specified by Content-Length.");
            return;
        }

        var id = EntityIds.ParseNumber(call.RouteText("id"), "id");
        var number = EntityIds.ParseNumber(call.RouteText("number"), "number");
        if (world.Transact(() => world.Uploads.Stage(id, number, part)) is null)
        {
            await RefuseAsync(call, 404, "NoSuchUpload", "The specified upload does not exist.");
            return;
        }

        call.Http.Response.Headers.ETag = $"\"{part.Md5}\"";
        await call.NothingAsync(200);
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
