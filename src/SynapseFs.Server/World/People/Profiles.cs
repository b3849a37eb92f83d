using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.People;

/// <summary>What users tell of themselves. Source: UserProfileManagerImpl.</summary>
internal sealed class Profiles(Users users, AddressBook names, FileHandles fileHandles)
{
    public UserProfile Require(Caller caller, long id) =>
        Find(caller, id) ?? throw ServiceException.NotFound($"UserProfile cannot be found for: {id}");

    /// <summary>The whole profile for its owner and the access team, the public part for others; null: no such user.</summary>
    public UserProfile? Find(Caller caller, long id)
    {
        if (id == Principals.Anonymous)
        {
            return new UserProfile { OwnerId = EntityShape.Text(id), UserName = "anonymous" };
        }

        if (users.Get(id) is not { } user)
        {
            return null;
        }

        var isOpen = caller.Id == id || caller.Groups.Contains(Principals.AccessAndCompliance)
            || caller.Groups.Contains(Principals.Administrators);
        return isOpen ? Whole(user) : Public(user);
    }

    public UserProfilePage List(Caller caller, OffsetPage page)
    {
        UserProfile[] results = [.. users.List(page).Select(user => Find(caller, user.Id)!)];
        return new UserProfilePage { Results = results, TotalNumberOfResults = page.Total(results.Length) };
    }

    public UserProfile Update(Caller caller, UserProfile body)
    {
        var ownerId = body.OwnerId ?? throw ServiceException.BadRequest("OwnerId cannot be null");
        var name = body.UserName ?? throw ServiceException.BadRequest("Username cannot be null");
        if (ownerId != caller.IdText)
        {
            throw ServiceException.Forbidden("Only owner or administrator may update UserProfile.");
        }

        if (caller.IsAnonymous || users.Get(caller.Id) is not { } user)
        {
            throw ServiceException.Forbidden("Cannot update user profile for anonymous user.");
        }

        RequirePicture(caller, body.ProfilePicureFileHandleId);
        if (body.Etag != user.Etag)
        {
            throw ServiceException.Stale(
                "Use profile was updated since you last fetched it, retrieve it again and reapply the update.");
        }

        AliasRules.Require(name, AliasRules.UserName);
        names.RequireFree(name, user.Id, $"The alias: {name} is already in use.");
        users.Update(user with
        {
            Name = name,
            FirstName = body.FirstName,
            LastName = body.LastName,
            Etag = Guid.NewGuid().ToString(),
            Profile = Written(body),
        });
        return Require(caller, user.Id);
    }

    /// <summary>The picture's file handle.</summary>
    public FileHandleRow RequirePicture(long id)
    {
        var user = users.Get(id) ?? throw ServiceException.NotFound($"Unknown user: {id}");
        return long.TryParse(user.Profile.ProfilePicureFileHandleId, NumberStyles.None, CultureInfo.InvariantCulture, out var handle)
            && fileHandles.Get(handle) is { } found
            ? found
            : throw ServiceException.NotFound($"User: {id} does not have a profile picture");
    }

    /// <summary>Whether the handle is the picture of the user: pictures are for everyone.</summary>
    public bool HasPicture(Caller caller, FileHandleRow handle, string userId) =>
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && users.Get(id)?.Profile.ProfilePicureFileHandleId == EntityShape.Text(handle.Id);

    private void RequirePicture(Caller caller, string? handleId)
    {
        if (handleId is null)
        {
            return;
        }

        var handle = fileHandles.Get(EntityIds.ParseNumber(handleId, "profilePicureFileHandleId"))
            ?? throw ServiceException.NotFound($"The file handle {handleId} does not exist");
        if (handle.CreatedBy != caller.Id)
        {
            throw ServiceException.Forbidden(
                $"Only the creator of a FileHandle can access it directly by its ID.  FileHandleId = '{handleId}', UserId = '{caller.Id}'");
        }
    }

    /// <summary>The fields that stand in the profile's document: neither read-only ones nor the names.</summary>
    private static UserProfile Written(UserProfile body) => body with
    {
        OwnerId = null,
        Etag = null,
        UserName = null,
        FirstName = null,
        LastName = null,
        DisplayName = null,
        Emails = null,
        OpenIds = null,
        CreatedOn = null,
        TwoFactorAuthEnabled = null,
    };

    private static UserProfile Whole(UserRow user) => user.Profile with
    {
        OwnerId = EntityShape.Text(user.Id),
        Etag = user.Etag,
        UserName = user.Name,
        FirstName = user.FirstName,
        LastName = user.LastName,
        Emails = user.Email is { } email ? [email] : [],
        OpenIds = [],
        CreatedOn = EntityShape.Date(user.CreatedOn),
        TwoFactorAuthEnabled = false,
    };

    private static UserProfile Public(UserRow user) => Whole(user) with
    {
        Etag = null,
        Emails = null,
        OpenIds = null,
        RStudioUrl = null,
        NotificationSettings = null,
        Preferences = null,
        TwoFactorAuthEnabled = null,
    };
}
