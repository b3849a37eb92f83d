using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>What is known of users: profiles, pictures, bundles, certification.</summary>
internal sealed class ProfileEndpoints(SynapseWorld world, SignedUrls urls)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Get("/userProfile", Scopes.View, call => ProfileAsync(call, call.Caller.Id));
        repo.Get("/userProfile/{user}", Scopes.View, call => ProfileAsync(call, UserId(call)));
        repo.Put("/userProfile", Scopes.View | Scopes.Modify, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.UserProfile);
            await call.JsonAsync(200, world.Transact(() => world.Profiles.Update(call.Caller, body)), ApiJson.Default.UserProfile);
        });
        repo.Post("/userProfile", Scopes.View, ProfilesAsync);
        repo.Get("/userProfile/{user}/image", Scopes.Download, call => Redirects.AnswerAsync(
            call, urls, world.Transact(() => world.Profiles.RequirePicture(UserId(call)))));
        repo.Get("/userProfile/{user}/image/preview", Scopes.Download, call =>
        {
            var handle = world.Transact(() => world.Profiles.RequirePicture(UserId(call)));
            throw ServiceException.NotFound($"A preview does not exist for file {handle.Id}");
        });
        repo.Get("/user", Scopes.View, call =>
        {
            var page = call.Page(defaultLimit: 100);
            return call.JsonAsync(200, world.Transact(() => world.Profiles.List(call.Caller, page)), PeopleJson.Default.UserProfilePage);
        });
        repo.Get("/user/bundle", Scopes.View, call => BundleAsync(call, call.Caller.Id));
        repo.Get("/user/{user}/bundle", Scopes.View, call => BundleAsync(call, UserId(call)));
        repo.Get("/user/{user}/certifiedUserPassingRecord", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.UserBundles.PassingRecord(UserId(call))), PeopleJson.Default.PassingRecord));
    }

    private Task ProfileAsync(ServiceCall call, long id) =>
        call.JsonAsync(200, world.Transact(() => world.Profiles.Require(call.Caller, id)), ApiJson.Default.UserProfile);

    private async Task ProfilesAsync(ServiceCall call)
    {
        var ids = (await call.ReadAsync(ApiJson.Default.IdList)).List
            ?? throw ServiceException.BadRequest("The list of ids is required");
        var found = world.Transact(() => ids.Select(id => world.Profiles.Find(call.Caller, id)).OfType<UserProfile>().ToArray());
        await call.JsonAsync(200, new UserProfileList { List = found }, ApiJson.Default.UserProfileList);
    }

    private Task BundleAsync(ServiceCall call, long id)
    {
        var mask = int.TryParse(call.Query("mask"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ServiceException.BadRequest("Required request parameter 'mask' for method parameter type int is not present");
        return call.JsonAsync(200, world.Transact(() => world.UserBundles.Get(call.Caller, id, mask)), PeopleJson.Default.UserBundle);
    }

    private static long UserId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("user"), "principalId");
}
