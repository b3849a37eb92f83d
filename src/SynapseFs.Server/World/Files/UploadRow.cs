using SynapseFs.Api;

namespace SynapseFs.Server.World.Files;

/// <summary>A multipart upload, under way or complete.</summary>
internal sealed record UploadRow
{
    public required long Id { get; init; }
    public required long UserId { get; init; }
    public required MultipartUploadRequest Request { get; init; }
    public required string ObjectKey { get; init; }
    public required int PartCount { get; init; }
    public required long StartedOn { get; init; }
    public required long UpdatedOn { get; init; }
    public long? FileHandleId { get; init; }
}
