using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;

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
        file.Get("/fileHandle/{handle}/url", Scopes.Download, call => RedirectAsync(
            call, world.Transact(() => world.Downloads.RequireOwn(call.Caller, HandleId(call)))));
        file.Get("/file/{handle}", Scopes.Download, AssociatedAsync);
        file.Post("/fileHandle/batch", Scopes.View | Scopes.Download, BatchAsync);
        file.Post("/filehandles/copy", Write, CopyAsync);
        file.Post("/externalFileHandle", Write, ExternalAsync);
    }

    /// <summary>The redirects that the repository service has for an entity's content.</summary>
    public void AddOfEntity(ServiceRoutes repo)
    {
        foreach (var pattern in (string[])["/entity/{id}", "/entity/{id}/version/{version}"])
        {
            repo.Get(pattern + "/file", Scopes.Download, call => RedirectAsync(call, RequireOf(call)));
            repo.Get(pattern + "/filehandles", Scopes.View, call => call.JsonAsync(
                200, new FileHandleResults { List = [RequireOf(call).Document] }, ApiJson.Default.FileHandleResults));
            repo.Get(pattern + "/filepreview", Scopes.Download, call =>
                throw ServiceException.NotFound($"A preview does not exist for file {RequireOf(call).Id}"));
        }
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
                ? ServiceException.NotFound($"The file handle {association.FileHandleId} does not exist")
                : ServiceException.Forbidden("You lack DOWNLOAD access to the requested entity.");
        }

        return RedirectAsync(call, handle);
    }

    private Task RedirectAsync(ServiceCall call, FileHandleRow handle)
    {
        var url = urls.Download(call, handle)
            ?? throw ServiceException.BadRequest($"The bytes of the file handle {handle.Id} cannot be reached by a URL");
        if (!call.Flag("redirect", otherwise: true))
        {
            return call.TextAsync(200, url);
        }

        call.Http.Response.Headers.Location = url;
        return call.NothingAsync(307);
    }

    private async Task BatchAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.BatchFileRequest);
        var wantsUrls = request.IncludePreSignedURLs == true;
        if (request.IncludeFileHandles != true && !wantsUrls && request.IncludePreviewPreSignedURLs != true)
        {
            throw ServiceException.BadRequest("Must include either FileHandles or pre-signed URLs or preview pre-signed URLs");
        }

        if (request.RequestedFiles is not { Count: > 0 and <= MaxBatch } files)
        {
            throw ServiceException.BadRequest($"requestedFiles must hold between 1 and {MaxBatch} files");
        }

        var found = world.Transact(() => files.Select(file => (file, world.Downloads.Find(call.Caller, file))).ToList());
        var answer = new BatchFileResult
        {
            RequestedFiles =
            [
                .. found.Select(item => item.Item2.Handle is { } handle
                    ? new FileResult
                    {
                        FileHandleId = item.file.FileHandleId,
                        FileHandle = request.IncludeFileHandles == true ? handle.Document : null,
                        PreSignedURL = wantsUrls ? urls.Download(call, handle) : null,
                    }
                    : new FileResult { FileHandleId = item.file.FileHandleId, FailureCode = item.Item2.Failure }),
            ],
        };
        await call.JsonAsync(201, answer, ApiJson.Default.BatchFileResult);
    }

    private async Task CopyAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.BatchFileHandleCopyRequest);
        var answer = world.Transact(() => world.FileHandleChanges.Copy(call.Caller, request));
        await call.JsonAsync(200, answer, ApiJson.Default.BatchFileHandleCopyResult);
    }

    private async Task ExternalAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.FileHandle);
        await call.JsonAsync(200, world.Transact(() => world.FileHandleChanges.AddExternal(call.Caller, body)), ApiJson.Default.FileHandle);
    }

    private static long HandleId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("handle"), "fileHandleId");
}
