using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.World.Files;

/// <summary>Synapse's own storage, the only location here.</summary>
internal static class StorageLocations
{
    public const long Default = 1;

    public static StorageLocationSetting Setting { get; } = new()
    {
        ConcreteType = SynapseTypes.S3StorageLocationSetting,
        StorageLocationId = Default,
        UploadType = "S3",
        CreatedBy = 1,
    };

    public static UploadDestination Destination { get; } = new()
    {
        ConcreteType = SynapseTypes.S3UploadDestination,
        StorageLocationId = Default,
        UploadType = "S3",
    };

    public static void Require(long id)
    {
        if (id != Default)
        {
            throw ServiceException.NotFound($"Storage location with id {id} not found");
        }
    }
}
