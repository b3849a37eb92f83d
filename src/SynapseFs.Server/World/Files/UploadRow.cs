using SynapseFs.Api;

namespace SynapseFs.Server.World.Files;

/// <summary>A multipart upload, under way or complete.</summary>
internal sealed record UploadRow
{
    public required long Id { get; init; }
    public required long UserId { get; init; }
    public required MultipartUploadRequest Request { get; init; }

    /// <summary>See <see cref="Storage.ObjectName"/>.</summary>
    public required string ObjectKey { get; init; }
    public required int PartCount { get; init; }
    public required long StartedOn { get; init; }
    public required long UpdatedOn { get; init; }
    public long? FileHandleId { get; init; }

    /// <summary>Of a copy: the handle whose bytes it takes, and the ETag that they had when it began.</summary>
    public long? SourceHandleId { get; init; }
    public string? SourceEtag { get; init; }
    public bool IsCopy => SourceHandleId is not null;
}
