using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Storage;

/// <summary>
/// Where uploads into a container go: what a client is told. No right is asked for and the container need not exist: an answer is no
/// promise of write access.
/// </summary>
internal sealed class UploadDestinations(
    ProjectSettings settings, StorageLocations locations, StorageUsage usage, Nodes nodes, Access access)
{
    public IReadOnlyList<long> Choices(long parentId) =>
        settings.Effective(parentId)?.Locations is { Count: > 0 } chosen ? chosen : [StorageLocations.Default];

    public UploadDestination Default(Caller caller, long parentId) => Of(caller, parentId, Choices(parentId)[0]);

    public UploadDestinationLocationList Locations(long parentId) => new()
    {
        List =
        [
            .. Choices(parentId).Select(id => locations.Require(id)).Select(setting => new UploadDestinationLocation
            {
                StorageLocationId = setting.StorageLocationId,
                Description = setting.Description,
                UploadType = setting.UploadType,
            }),
        ],
    };

    public UploadDestinationList All(Caller caller, long parentId) =>
        new() { List = [.. Choices(parentId).Select(id => Of(caller, parentId, id))] };

    public UploadDestination Of(Caller caller, long parentId, long locationId)
    {
        var setting = locations.Require(locationId);
        var common = WithUsage(caller, parentId, locationId, new UploadDestination
        {
            StorageLocationId = setting.StorageLocationId,
            UploadType = setting.UploadType,
            Banner = setting.Banner,
            BaseKey = setting.BaseKey,
            StsEnabled = setting.StsEnabled,
        });
        return setting.ConcreteType switch
        {
            SynapseTypes.S3StorageLocationSetting => common with { ConcreteType = SynapseTypes.S3UploadDestination },
            SynapseTypes.ExternalS3StorageLocationSetting => common with
            {
                ConcreteType = SynapseTypes.ExternalS3UploadDestination,
                Bucket = setting.Bucket,
            },
            SynapseTypes.ExternalGoogleCloudStorageLocationSetting => common with
            {
                ConcreteType = SynapseTypes.ExternalGoogleCloudUploadDestination,
                Bucket = setting.Bucket,
            },
            SynapseTypes.ExternalStorageLocationSetting => common with
            {
                ConcreteType = SynapseTypes.ExternalUploadDestination,
                Url = ExternalUrl(setting, parentId),
            },
            SynapseTypes.ExternalObjectStorageLocationSetting => common with
            {
                ConcreteType = SynapseTypes.ExternalObjectStoreUploadDestination,
                EndpointUrl = setting.EndpointUrl,
                Bucket = setting.Bucket,
                KeyPrefixUUID = Guid.NewGuid().ToString(),
            },
            _ => throw ServiceException.BadRequest(
                $"Cannot handle upload destination location setting of type: {setting.ConcreteType}"),
        };
    }

    // A file of its own name below the server's folder, and below folders named as those of Synapse where the server can have some.
    private string ExternalUrl(StorageLocationSetting setting, long parentId)
    {
        var folders = setting.SupportsSubfolders == true
            ? nodes.Lineage(parentId).Steps.Where(step => step.Id != EntityIds.Root).Reverse()
                .Select(step => $"{Uri.EscapeDataString(step.Name)}/")
            : [];
        return $"{setting.Url!.TrimEnd('/')}/{string.Concat(folders)}{Guid.NewGuid()}";
    }

    // What a project holds is told to those who may read it.
    private UploadDestination WithUsage(Caller caller, long parentId, long locationId, UploadDestination destination) =>
        access.FindReadable(caller, parentId) is not null && usage.ProjectOf(parentId) is { } project
            ? destination with
            {
                DestinationProjectId = EntityIds.Text(project),
                ProjectStorageLocationUsage = usage.Of(project, locationId),
            }
            : destination;
}
