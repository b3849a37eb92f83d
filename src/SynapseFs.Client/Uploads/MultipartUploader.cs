using System.Buffers;
using System.Security.Cryptography;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Uploads;

/// <summary>
/// The multipart protocol: hash, start or resume, parts, complete. The start request names the upload, so sending it again is both
/// how an upload resumes and how its state is read.
/// </summary>
internal sealed class MultipartUploader(ApiTransport transport, TransportParts parts, SynapseClientOptions options)
{
    private const int Rounds = 4;
    private const int HashPiece = 1 << 20;

    public async Task<string> UploadAsync(
        UploadSource source, UploadDescription description, RequestPriority priority, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(description);
        Check(source.Length, description);
        var plan = PartPlan.For(source.Length);
        var request = new MultipartUploadRequest
        {
            ConcreteType = SynapseTypes.MultipartUploadRequest,
            FileName = description.FileName,
            FileSizeBytes = plan.Length,
            ContentMD5Hex = await HashAsync(source, cancellationToken),
            PartSizeBytes = plan.PartSize,
            ContentType = description.ContentType,
            StorageLocationId = description.StorageLocationId,
            // Absent and true name different uploads at the service; the official client sends it.
            GeneratePreview = true,
        };
        for (var round = 1; ; round++)
        {
            var status = await StartAsync(request, priority, cancellationToken);
            if (await FinishAsync(status, source, plan, request, priority, progress, round, cancellationToken) is { } fileHandleId)
                return fileHandleId;
        }
    }

    // Null: parts fell back, another round fills the gaps.
    private async Task<string?> FinishAsync(
        MultipartUploadStatus status, UploadSource source, PartPlan plan, MultipartUploadRequest request, RequestPriority priority,
        IProgress<long>? progress, int round, CancellationToken cancellationToken)
    {
        if (status is { State: "COMPLETED", ResultFileHandleId: { } known })
        {
            progress?.Report(plan.Length);
            return known;
        }
        var uploadId = status.UploadId ?? throw new SynapseException(SynapseFailure.Unexpected, "Synapse began an upload without an id.");
        var upload = new PartUploads(transport, parts, options, source, plan, uploadId, request.FileName!, priority, progress);
        await upload.SendAsync(plan.Missing(status.PartsState), cancellationToken);
        source.CheckUnchanged();
        try
        {
            var done = await CompleteAsync(uploadId, priority, cancellationToken);
            return done.ResultFileHandleId ?? throw new SynapseException(SynapseFailure.Unexpected, $"Synapse completed the upload of '{request.FileName}' without a file handle.");
        }
        // A part whose confirmation was repeated after a lost answer falls back to missing (files.md, add part).
        catch (SynapseException e) when (e.Failure == SynapseFailure.BadRequest && round < Rounds && e.Reason.StartsWith("Missing", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private Task<MultipartUploadStatus> StartAsync(MultipartUploadRequest request, RequestPriority priority, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new ApiCall(HttpMethod.Post, SynapseService.File, "/file/multipart", "/file/multipart?forceRestart=false", priority)
                .With(request, ApiJson.Default.MultipartUploadRequest),
            ApiJson.Default.MultipartUploadStatus, cancellationToken);

    private Task<MultipartUploadStatus> CompleteAsync(string uploadId, RequestPriority priority, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.File, "/file/multipart/{id}/complete", $"/file/multipart/{Uri.EscapeDataString(uploadId)}/complete", priority),
            ApiJson.Default.MultipartUploadStatus, cancellationToken);

    private static void Check(long length, UploadDescription description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description.FileName);
        if (length == 0)
            throw new SynapseException(SynapseFailure.BadRequest, $"'{description.FileName}' is empty, and Synapse stores no empty files; give it at least one byte.");
        if (length > PartPlan.Largest)
            throw new SynapseException(SynapseFailure.TooLarge, $"'{description.FileName}' is larger than the 5 TiB that Synapse takes; split it.");
    }

    private static async Task<string> HashAsync(UploadSource source, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = ArrayPool<byte>.Shared.Rent(HashPiece);
        try
        {
            for (long done = 0; done < source.Length;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(HashPiece, source.Length - done));
                await source.ReadAsync(done, piece, cancellationToken);
                hash.AppendData(piece.Span);
                done += piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
