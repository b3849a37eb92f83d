namespace SynapseFs.Api;

/// <summary>"These bytes live there": immutable. Source: <c>file.FileHandle</c> and its heirs, flat.</summary>
public sealed record FileHandle
{
    public string? ConcreteType { get; init; }
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public string? CreatedBy { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? ContentType { get; init; }
    public string? ContentMd5 { get; init; }
    public long? ContentSize { get; init; }
    public string? FileName { get; init; }
    public long? StorageLocationId { get; init; }
    public string? Status { get; init; }
    public string? BucketName { get; init; }
    public string? Key { get; init; }
    public string? PreviewId { get; init; }
    public bool? IsPreview { get; init; }
    public string? ExternalURL { get; init; }
    public string? EndpointUrl { get; init; }
    public string? Bucket { get; init; }
    public string? FileKey { get; init; }
    public string? FilePath { get; init; }
}

public sealed record FileHandleAssociation
{
    [System.Text.Json.Serialization.JsonConverter(typeof(LenientTextConverter))]
    public string? FileHandleId { get; init; }
    public string? AssociateObjectId { get; init; }
    /// <summary>FileEntity, TableEntity, WikiAttachment …</summary>
    public string? AssociateObjectType { get; init; }
}

/// <summary>file: POST /fileHandle/batch, 1 to 100 files.</summary>
public sealed record BatchFileRequest
{
    public IReadOnlyList<FileHandleAssociation>? RequestedFiles { get; init; }
    public bool? IncludeFileHandles { get; init; }
    public bool? IncludePreSignedURLs { get; init; }
    public bool? IncludePreviewPreSignedURLs { get; init; }
}

public sealed record BatchFileResult
{
    public IReadOnlyList<FileResult> RequestedFiles { get; init; } = [];
}

public sealed record FileResult
{
    public string? FileHandleId { get; init; }
    public FileHandle? FileHandle { get; init; }
    public string? PreSignedURL { get; init; }
    public string? PreviewPreSignedURL { get; init; }
    /// <summary>NOT_FOUND or UNAUTHORIZED.</summary>
    public string? FailureCode { get; init; }
}
