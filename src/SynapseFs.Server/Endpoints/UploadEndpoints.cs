using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;

namespace SynapseFs.Server.Endpoints;

/// <summary>The multipart protocol (all answers 201) and where uploads may go.</summary>
internal sealed class UploadEndpoints(SynapseWorld world, SignedUrls urls)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes file)
    {
        file.Post("/file/multipart", Write, StartAsync);
        file.Post("/file/multipart/{upload}/presigned/url/batch", Write, UrlsAsync);
        file.Put("/file/multipart/{upload}/add/{part}", Write, call => call.JsonAsync(
            201, world.Transact(() => world.Uploads.Add(call.Caller, UploadId(call), Part(call), call.Query("partMD5Hex"))),
            ApiJson.Default.AddPartResponse));
        file.Put("/file/multipart/{upload}/complete", Write, async call => await call.JsonAsync(
            201, await world.UploadCompletion.CompleteAsync(call.Caller, UploadId(call), call.Aborted),
            ApiJson.Default.MultipartUploadStatus));
        file.Get("/entity/{id}/uploadDestination", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.UploadDestinations.Default(call.Caller, call.EntityId)), ApiJson.Default.UploadDestination));
        file.Get("/entity/{id}/uploadDestination/{location}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.UploadDestinations.Of(call.Caller, call.EntityId, Location(call))),
            ApiJson.Default.UploadDestination));
        file.Get("/entity/{id}/uploadDestinationLocations", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.UploadDestinations.Locations(call.EntityId)), ApiJson.Default.UploadDestinationLocationList));
        file.Get("/entity/{id}/uploadDestinations", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.UploadDestinations.All(call.Caller, call.EntityId)), ApiJson.Default.UploadDestinationList));
    }

    private async Task StartAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.MultipartUploadRequest);
        var status = world.Transact(() => world.Uploads.Start(call.Caller, request, call.Flag("forceRestart", otherwise: false)));
        await call.JsonAsync(201, status, ApiJson.Default.MultipartUploadStatus);
    }

    private async Task UrlsAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.BatchPresignedUploadUrlRequest);
        var upload = world.Transact(() => world.Uploads.Require(call.Caller, UploadId(call)));
        if (request.PartNumbers is not { Count: > 0 } numbers)
        {
            throw ServiceException.BadRequest("BatchPresignedUploadUrlRequest.partNumbers must contain at least one value");
        }

        foreach (var number in numbers)
        {
            Uploads.RequirePart(upload, number);
        }

        var copied = upload.IsCopy
            ? world.Transact(() => numbers.Select(number => world.UploadCopies.PartOf(upload, number)).ToList())
            : null;
        var answer = new BatchPresignedUploadUrlResponse
        {
            PartPresignedUrls =
            [
                .. numbers.Select((number, index) => urls.Part(call, upload, copied?[index], number, request.ContentType)),
            ],
        };
        await call.JsonAsync(201, answer, ApiJson.Default.BatchPresignedUploadUrlResponse);
    }

    private static long Location(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("location"), "storageLocationId");

    private static long UploadId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("upload"), "uploadId");

    private static long Part(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("part"), "partNumber");
}
