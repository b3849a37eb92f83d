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
        file.Put("/file/multipart/{upload}/complete", Write, call => call.JsonAsync(
            201, world.Transact(() => world.Uploads.Complete(call.Caller, UploadId(call))), ApiJson.Default.MultipartUploadStatus));
        file.Get("/entity/{id}/uploadDestination", Scopes.View, call => DestinationAsync(call, StorageLocations.Default));
        file.Get("/entity/{id}/uploadDestination/{location}", Scopes.View, call => DestinationAsync(
            call, EntityIds.ParseNumber(call.RouteText("location"), "storageLocationId")));
        file.Get("/entity/{id}/uploadDestinationLocations", Scopes.View, call => call.JsonAsync(
            200,
            new UploadDestinationLocationList
            {
                List = [new UploadDestinationLocation { StorageLocationId = StorageLocations.Default, UploadType = "S3" }],
            },
            ApiJson.Default.UploadDestinationLocationList));
        file.Get("/entity/{id}/uploadDestinations", Scopes.View, call => call.JsonAsync(
            200, new UploadDestinationList { List = [StorageLocations.Destination] }, ApiJson.Default.UploadDestinationList));
    }

    /// <summary>The storage location itself is the repository service's.</summary>
    public static void AddLocations(ServiceRoutes repo) =>
        repo.Get("/storageLocation/{location}", Scopes.View, call =>
        {
            StorageLocations.Require(EntityIds.ParseNumber(call.RouteText("location"), "storageLocationId"));
            return call.JsonAsync(200, StorageLocations.Setting, ApiJson.Default.StorageLocationSetting);
        });

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

        var answer = new BatchPresignedUploadUrlResponse
        {
            PartPresignedUrls = [.. numbers.Select(number => urls.Part(call, upload, number, request.ContentType))],
        };
        await call.JsonAsync(201, answer, ApiJson.Default.BatchPresignedUploadUrlResponse);
    }

    private static Task DestinationAsync(ServiceCall call, long location)
    {
        StorageLocations.Require(location);
        return call.JsonAsync(200, StorageLocations.Destination, ApiJson.Default.UploadDestination);
    }

    private static long UploadId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("upload"), "uploadId");

    private static long Part(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("part"), "partNumber");
}
