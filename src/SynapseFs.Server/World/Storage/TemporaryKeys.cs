using System.Security.Cryptography;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Storage;

/// <summary>
/// Keys of a folder's bucket for twelve hours. Source: StsManagerImpl. They have the shape of Amazon's but open nothing: there is no
/// Amazon here, and the storage side takes signed URLs only.
/// </summary>
internal sealed class TemporaryKeys(ProjectSettings settings, StorageLocations locations, Access access, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public StsCredentials Issue(Caller caller, long entityId, string? permission)
    {
        string[] rights = permission switch
        {
            "read_only" => [AccessTypes.Download],
            "read_write" => [AccessTypes.Download, AccessTypes.Update, AccessTypes.Create, AccessTypes.Delete],
            _ => throw ServiceException.BadRequest($"Unsupported permission type {permission}"),
        };
        var standing = access.Examine(caller, entityId);
        foreach (var right in rights)
        {
            standing.Require(right);
        }

        var setting = settings.Effective(entityId);
        if (!settings.IsSts(setting))
        {
            throw ServiceException.BadRequest("Entity must have an STS-enabled storage location");
        }

        var location = locations.Require(setting!.Locations![0]);
        if (permission == "read_write" && location.ConcreteType == SynapseTypes.S3StorageLocationSetting)
        {
            throw ServiceException.BadRequest("STS write access is not allowed in Synapse storage");
        }

        return new StsCredentials
        {
            Bucket = location.Bucket ?? Uploads.Bucket,
            BaseKey = location.BaseKey,
            AccessKeyId = "ASIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
            SecretAccessKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
            SessionToken = Convert.ToBase64String(RandomNumberGenerator.GetBytes(96)),
            Expiration = time.GetUtcNow() + Lifetime,
        };
    }
}
