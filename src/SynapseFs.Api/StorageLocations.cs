using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>Where files may be stored. Source: <c>project.StorageLocationSetting</c> and its heirs, flat.</summary>
public sealed record StorageLocationSetting
{
    public string? ConcreteType { get; init; }
    public long? StorageLocationId { get; init; }

    /// <summary>S3, GOOGLECLOUDSTORAGE, SFTP, HTTPS, PROXYLOCAL or NONE.</summary>
    public string? UploadType { get; init; }
    public string? Banner { get; init; }
    public string? Description { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public long? CreatedBy { get; init; }
    public string? Bucket { get; init; }
    public string? BaseKey { get; init; }
    public bool? StsEnabled { get; init; }
    public string? EndpointUrl { get; init; }
    public string? Url { get; init; }
    public bool? SupportsSubfolders { get; init; }
    public string? ProxyUrl { get; init; }
    public string? SecretKey { get; init; }
    public string? BenefactorId { get; init; }
}

/// <summary>GET /storageLocation: the caller's own, newest first.</summary>
public sealed record StorageLocationSettingList
{
    public IReadOnlyList<StorageLocationSetting> List { get; init; } = [];
}

/// <summary>What a project or folder says of where its files go. Source: <c>project.UploadDestinationListSetting</c>.</summary>
public sealed record ProjectSetting
{
    public string? ConcreteType { get; init; }
    public string? Id { get; init; }
    public string? ProjectId { get; init; }

    /// <summary>"upload" is the only kind.</summary>
    public string? SettingsType { get; init; }
    public string? Etag { get; init; }

    /// <summary>1 to 10, the default first.</summary>
    public IReadOnlyList<long>? Locations { get; init; }
}

/// <summary>GET /entity/{id}/sts: keys of a bucket for some hours.</summary>
public sealed record StsCredentials
{
    public string? Bucket { get; init; }
    public string? BaseKey { get; init; }
    public string? AccessKeyId { get; init; }
    public string? SecretAccessKey { get; init; }
    public string? SessionToken { get; init; }
    public DateTimeOffset? Expiration { get; init; }

    // A record would print the keys.
    public override string ToString() => $"{nameof(StsCredentials)} {Bucket}/{BaseKey}";
}

/// <summary>GET /project/{projectId}/storage/usage.</summary>
public sealed record ProjectStorageUsage
{
    public string? ProjectId { get; init; }
    public IReadOnlyList<ProjectStorageLocationUsage> Locations { get; init; } = [];
}

public sealed record ProjectStorageLocationUsage
{
    public long? StorageLocationId { get; init; }
    public long? SumFileBytes { get; init; }

    /// <summary>Absent: unlimited.</summary>
    public long? MaxAllowedFileBytes { get; init; }
    public bool? IsOverLimit { get; init; }
}

/// <summary>PUT /project/{projectId}/storage/limit.</summary>
public sealed record ProjectStorageLocationLimit
{
    public string? ProjectId { get; init; }
    public long? StorageLocationId { get; init; }
    public long? MaxAllowedFileBytes { get; init; }
}

/// <summary>Records of storage locations, project settings and storage usage.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(StorageLocationSetting))]
[JsonSerializable(typeof(StorageLocationSettingList))]
[JsonSerializable(typeof(ProjectSetting))]
[JsonSerializable(typeof(StsCredentials))]
[JsonSerializable(typeof(ProjectStorageUsage))]
[JsonSerializable(typeof(ProjectStorageLocationLimit))]
[JsonSerializable(typeof(IReadOnlyList<long>), TypeInfoPropertyName = "Numbers")]
public sealed partial class StorageJson : JsonSerializerContext;
