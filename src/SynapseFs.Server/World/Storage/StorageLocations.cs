using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Storage;

/// <summary>All storage locations: Synapse's own, which is always there, and what users added. Never changed, never deleted.</summary>
internal sealed class StorageLocations(Database database, Users users, Buckets buckets, TimeProvider time)
{
    public const long Default = 1;

    private const long FirstId = 3;
    private const int ListLimit = 100;

    private static readonly StorageLocationSetting Synapses = new()
    {
        ConcreteType = SynapseTypes.S3StorageLocationSetting,
        StorageLocationId = Default,
        UploadType = "S3",
        CreatedBy = 1,
    };

    public StorageLocationSetting? Find(long? id) => id is null or Default
        ? Synapses
        : database.First("SELECT id, document FROM storage_locations WHERE id = @0", Map, id);

    public StorageLocationSetting Require(long? id) =>
        Find(id) ?? throw ServiceException.NotFound($"Storage location setting: '{id}' does not exist");

    public StorageLocationSetting RequireOwn(Caller caller, long id)
    {
        var setting = Require(id);
        return setting.CreatedBy == caller.Id
            ? setting
            : throw ServiceException.Forbidden("Only the creator can access storage location settings");
    }

    public IReadOnlyList<StorageLocationSetting> OwnedBy(Caller caller) => database.Query(
        "SELECT id, document FROM storage_locations WHERE created_by = @0 ORDER BY id DESC LIMIT @1", Map, caller.Id, ListLimit);

    /// <summary>A new location, or the one that the caller made of the same words before.</summary>
    public StorageLocationSetting Create(Caller caller, StorageLocationSetting body)
    {
        var prepared = StorageLocationRules.Prepare(body, caller.Id);
        var isOthersBucket = prepared.ConcreteType is SynapseTypes.ExternalS3StorageLocationSetting
            or SynapseTypes.ExternalGoogleCloudStorageLocationSetting;
        if (isOthersBucket)
        {
            var user = users.Get(caller.Id) ?? throw ServiceException.Forbidden("Anonymous users have only READ access permission.");
            buckets.RequireOwner(caller, user, prepared.Bucket!, prepared.BaseKey);
        }

        var hash = StorageLocationRules.Hash(prepared);
        var known = database.First(
            "SELECT id, document FROM storage_locations WHERE created_by = @0 AND hash = @1", Map, caller.Id, hash);
        return known ?? Add(prepared, hash, caller);
    }

    private StorageLocationSetting Add(StorageLocationSetting prepared, string hash, Caller caller)
    {
        var stored = prepared with
        {
            StorageLocationId = database.Next("storage location", FirstId),
            Etag = Stamp.NewEtag(),
            CreatedOn = time.GetUtcNow(),
        };
        database.Execute(
            "INSERT INTO storage_locations (id, created_by, hash, document) VALUES (@0, @1, @2, @3)",
            stored.StorageLocationId, caller.Id, hash, JsonSerializer.Serialize(stored, StorageJson.Default.StorageLocationSetting));
        return stored;
    }

    private static StorageLocationSetting Map(SqliteDataReader row) =>
        JsonSerializer.Deserialize(row.GetString(1), StorageJson.Default.StorageLocationSetting)!;
}
