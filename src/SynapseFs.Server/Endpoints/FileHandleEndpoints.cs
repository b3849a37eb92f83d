using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Endpoints;

/// <summary>File handles and the URLs of their bytes.</summary>
internal sealed class FileHandleEndpoints(SynapseWorld world, SignedUrls urls)
{
    private const int MaxBatch = 100;
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes file)
    {
        file.Get("/fileHandle/{handle}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Downloads.RequireOwn(call.Caller, HandleId(call))).Document, ApiJson.Default.FileHandle));
        file.Delete("/fileHandle/{handle}", Scopes.Modify, call =>
        {
            world.Transact(() => world.FileHandleChanges.Delete(call.Caller, HandleId(call)));
            return call.NothingAsync(200);
        });
        file.Delete("/fileHandle/{handle}/filepreview", Scopes.Modify, call =>
        {
            world.Transact(() => world.FileHandleChanges.ClearPreview(call.Caller, HandleId(call)));
            return call.NothingAsync(200);
        });
        file.Get("/fileHandle/{handle}/url", Scopes.Download, call => Redirects.AnswerAsync(
            call, urls, world.Transact(() => world.Downloads.RequireUrlOf(call.Caller, HandleId(call)))));
        file.Post("/fileHandle/{handle}/copy", Write, call => call.JsonAsync(
            201,
            world.Transact(() => world.FileHandleChanges.CopyOwn(
                call.Caller, HandleId(call), call.Query("fileName"), call.Query("contentType"))),
            ApiJson.Default.FileHandle));
        file.Get("/file/{handle}", Scopes.Download, AssociatedAsync);
        file.Post("/fileHandle/batch", Scopes.View | Scopes.Download, BatchAsync);
        file.Post("/filehandles/copy", Write, CopyAsync);
        file.Post("/externalFileHandle", Write, call => ExternalAsync(call, world.ExternalFileHandles.Add));
        file.Post("/externalFileHandle/proxy", Write, call => ExternalAsync(call, world.ExternalFileHandles.AddProxy));
        file.Post("/externalFileHandle/s3", Write, call => ExternalAsync(call, (caller, body) => world.ExternalFileHandles.AddInBucket(
            caller, body, SynapseTypes.ExternalS3StorageLocationSetting, SynapseTypes.S3FileHandle)));
        file.Post("/externalFileHandle/googleCloud", Write, call => ExternalAsync(
            call, (caller, body) => world.ExternalFileHandles.AddInBucket(
                caller, body, SynapseTypes.ExternalGoogleCloudStorageLocationSetting, SynapseTypes.GoogleCloudFileHandle)));
    }

    /// <summary>The redirects that the repository service has for an entity's content.</summary>
    public void AddOfEntity(ServiceRoutes repo)
    {
        foreach (var pattern in (string[])["/entity/{id}", "/entity/{id}/version/{version}"])
        {
            repo.Get(pattern + "/file", Scopes.Download, call => Redirects.AnswerAsync(call, urls, RequireOf(call)));
            repo.Get(pattern + "/filehandles", Scopes.View, HandlesAsync);
            repo.Get(pattern + "/filepreview", Scopes.Download, PreviewAsync);
        }
    }

    private Task HandlesAsync(ServiceCall call)
    {
        var handle = RequireOf(call);
        var preview = world.Transact(() => world.Downloads.PreviewOf(handle));
        return call.JsonAsync(
            200,
            new FileHandleResults
            {
                List = preview is null || preview.Id == handle.Id ? [handle.Document] : [handle.Document, preview.Document],
            },
            ApiJson.Default.FileHandleResults);
    }

    private Task PreviewAsync(ServiceCall call)
    {
        var handle = RequireOf(call);
        var preview = world.Transact(() => world.Downloads.PreviewOf(handle))
            ?? throw ServiceException.NotFound($"A preview does not exist for file {handle.Id}");
        return Redirects.AnswerAsync(call, urls, preview);
    }

    private FileHandleRow RequireOf(ServiceCall call)
    {
        long? version = call.RouteText("version").Length > 0 ? call.Version : null;
        return world.Transact(() => world.Downloads.RequireOf(call.Caller, call.EntityId, version));
    }

    private Task AssociatedAsync(ServiceCall call)
    {
        var association = new FileHandleAssociation
        {
            FileHandleId = call.RouteText("handle"),
            AssociateObjectId = call.Query("fileAssociateId"),
            AssociateObjectType = call.Query("fileAssociateType"),
        };
        var (handle, failure) = world.Transact(() => world.Downloads.Find(call.Caller, association));
        if (handle is null)
        {
            throw failure == Downloads.NotFound
                ? ServiceException.NotFound($"FileHandle: '{association.FileHandleId}' cannot be found")
                : ServiceException.Forbidden("You lack DOWNLOAD access to the requested entity.");
        }

        return Redirects.AnswerAsync(call, urls, handle);
    }

    private async Task BatchAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.BatchFileRequest);
        if (request.IncludeFileHandles != true && request.IncludePreSignedURLs != true && request.IncludePreviewPreSignedURLs != true)
        {
            throw ServiceException.BadRequest("Must include either FileHandles or pre-signed URLs or preview pre-signed URLs");
        }

        var files = request.RequestedFiles ?? throw ServiceException.BadRequest("requestedFiles is required.");
        if (files.Count == 0)
        {
            throw ServiceException.BadRequest("requestedFiles is required and must not be empty.");
        }

        if (files.Count > MaxBatch)
        {
            throw ServiceException.BadRequest($"Request exceeds the maximum number of objects per request: {MaxBatch}");
        }

        var answer = world.Transact(() => new BatchFileResult { RequestedFiles = [.. files.Select(file => Result(call, request, file))] });
        await call.JsonAsync(201, answer, ApiJson.Default.BatchFileResult);
    }

    private FileResult Result(ServiceCall call, BatchFileRequest request, FileHandleAssociation? file)
    {
        var association = file ?? throw ServiceException.BadRequest("FileHandleAssociation is required.");
        var (handle, failure) = world.Downloads.Find(call.Caller, association);
        if (handle is null)
        {
            return new FileResult { FileHandleId = association.FileHandleId, FailureCode = failure };
        }

        var preview = request.IncludePreviewPreSignedURLs == true ? world.Downloads.PreviewOf(handle) : null;
        return new FileResult
        {
            FileHandleId = association.FileHandleId,
            FileHandle = request.IncludeFileHandles == true ? handle.Document : null,
            PreSignedURL = request.IncludePreSignedURLs == true ? urls.Download(call, handle) : null,
            PreviewPreSignedURL = preview is null ? null : urls.Url(call, preview),
        };
    }

    private async Task CopyAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.BatchFileHandleCopyRequest);
        var answer = world.Transact(() => world.FileHandleChanges.Copy(call.Caller, request));
        await call.JsonAsync(200, answer, ApiJson.Default.BatchFileHandleCopyResult);
    }

    private async Task ExternalAsync(ServiceCall call, Func<Caller, FileHandle, FileHandle> add)
    {
        var body = await call.ReadAsync(ApiJson.Default.FileHandle);
        await call.JsonAsync(200, world.Transact(() => add(call.Caller, body)), ApiJson.Default.FileHandle);
    }

    private static long HandleId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("handle"), "fileHandleId");
}
