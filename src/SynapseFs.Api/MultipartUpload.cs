namespace SynapseFs.Api;

/// <summary>file: POST /file/multipart: an upload, or a copy within the storage.</summary>
public sealed record MultipartUploadRequest
{
    public string? ConcreteType { get; init; }
    public string? FileName { get; init; }
    public long? FileSizeBytes { get; init; }
    public string? ContentMD5Hex { get; init; }
    public long? PartSizeBytes { get; init; }
    public string? ContentType { get; init; }
    public long? StorageLocationId { get; init; }
    public bool? GeneratePreview { get; init; }

    /// <summary>Of a copy only.</summary>
    public FileHandleAssociation? SourceFileHandleAssociation { get; init; }
}

public sealed record MultipartUploadStatus
{
    public string? UploadId { get; init; }
    public string? StartedBy { get; init; }
    public DateTimeOffset? StartedOn { get; init; }
    public DateTimeOffset? UpdatedOn { get; init; }
    /// <summary>One character a part, in order: '1' added, '0' missing.</summary>
    public string? PartsState { get; init; }
    /// <summary>UPLOADING or COMPLETED.</summary>
    public string? State { get; init; }
    public string? ResultFileHandleId { get; init; }
}

public sealed record BatchPresignedUploadUrlRequest
{
    [System.Text.Json.Serialization.JsonConverter(typeof(LenientTextConverter))]
    public string? UploadId { get; init; }
    public IReadOnlyList<long>? PartNumbers { get; init; }
    public string? ContentType { get; init; }
}

public sealed record BatchPresignedUploadUrlResponse
{
    public IReadOnlyList<PartPresignedUrl> PartPresignedUrls { get; init; } = [];
}

public sealed record PartPresignedUrl
{
    public long? PartNumber { get; init; }
    public string? UploadPresignedUrl { get; init; }
    public IReadOnlyDictionary<string, string>? SignedHeaders { get; init; }
}

public sealed record AddPartResponse
{
    public string? UploadId { get; init; }
    public long? PartNumber { get; init; }
    /// <summary>ADD_SUCCESS or ADD_FAILED; the HTTP status is 201 either way.</summary>
    public string? AddPartState { get; init; }
    public string? ErrorMessage { get; init; }
}

public sealed record UploadDestination
{
    public string? ConcreteType { get; init; }
    public long? StorageLocationId { get; init; }
    public string? UploadType { get; init; }
    public string? Banner { get; init; }
    public string? BaseKey { get; init; }
    public bool? StsEnabled { get; init; }
    public string? Bucket { get; init; }
    public string? EndpointUrl { get; init; }

    /// <summary>Of an external server: where this one file is to go.</summary>
    public string? Url { get; init; }
    public string? KeyPrefixUUID { get; init; }
    public string? DestinationProjectId { get; init; }
    public ProjectStorageLocationUsage? ProjectStorageLocationUsage { get; init; }
}
