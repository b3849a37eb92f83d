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

    // The same content under the same name is one upload to the service, to which several at once would add the same parts. Whoever comes
    // second finds it complete.
    private readonly Turns<MultipartUploadRequest> _turns = new();

    /// <param name="knownMd5">The content's MD5 in lower-case hex; null: it is read for it first.</param>
    public async Task<string> UploadAsync(
        UploadSource source, string? knownMd5, UploadDescription description, RequestPriority priority, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(description);
        Check(source.Length, description);
        var plan = PartPlan.For(source.Length);
        var request = new MultipartUploadRequest
        {
            ConcreteType = SynapseTypes.MultipartUploadRequest,
            FileName = description.FileName,
            FileSizeBytes = plan.Length,
            ContentMD5Hex = knownMd5 ?? await source.HashAsync(cancellationToken),
            PartSizeBytes = plan.PartSize,
            ContentType = description.ContentType,
            StorageLocationId = description.StorageLocationId,
            // Absent and true name different uploads at the service; the official client sends it.
            GeneratePreview = true,
        };
        var job = new UploadJob(source, plan, description.FileName, request.ContentMD5Hex, priority, progress);
        return await _turns.TakeAsync(request, () => RunAsync(job, request, cancellationToken), cancellationToken);
    }

    private async Task<string> RunAsync(UploadJob job, MultipartUploadRequest request, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
            if (await RunAsync(job, request, round, cancellationToken) is { } fileHandleId)
                return fileHandleId;
    }

    // Null: parts fell back to missing, or somebody else was done first; another round reads the state anew.
    private async Task<string?> RunAsync(
        UploadJob job, MultipartUploadRequest request, int round, CancellationToken cancellationToken)
    {
        var status = await StartAsync(job, request, cancellationToken);
        if (status is { State: "COMPLETED", ResultFileHandleId: { } known })
        {
            job.Progress?.Report(job.Plan.Length);
            return known;
        }
        var uploadId = status.UploadId ?? throw new SynapseException(SynapseFailure.Unexpected, "Synapse began an upload without an id.");
        try
        {
            await new PartUploads(new SynapseParts(transport, job, uploadId), parts, options, job)
                .SendAsync(job.Plan.Missing(status.PartsState), cancellationToken);
            job.Source.CheckUnchanged();
            var done = await CompleteAsync(job, uploadId, cancellationToken);
            return done.ResultFileHandleId
                ?? throw new SynapseException(SynapseFailure.Unexpected,
                    $"Synapse completed the upload of '{job.FileName}' without a file handle.");
        }
        catch (SynapseException e) when (round < Rounds && IsOvertaken(e))
        {
            return null;
        }
    }

    // A part whose confirmation was repeated after a lost answer falls back to missing (files.md, add part). The others: the account uploads
    // the same under the same name elsewhere at the same time, and was done first.
    private static bool IsOvertaken(SynapseException refusal) =>
        (refusal.Failure == SynapseFailure.BadRequest && refusal.Reason.StartsWith("Missing", StringComparison.Ordinal))
        || refusal.Reason.Contains("completed file upload", StringComparison.Ordinal)
        || refusal.Reason.Contains("NoSuchUpload", StringComparison.Ordinal);

    private Task<MultipartUploadStatus> StartAsync(
        UploadJob job, MultipartUploadRequest request, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new ApiCall(HttpMethod.Post, SynapseService.File, "/file/multipart", "/file/multipart?forceRestart=false", job.Priority)
                .With(request, ApiJson.Default.MultipartUploadRequest),
            ApiJson.Default.MultipartUploadStatus, cancellationToken);

    private Task<MultipartUploadStatus> CompleteAsync(UploadJob job, string uploadId, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.File, "/file/multipart/{id}/complete",
                $"/file/multipart/{Uri.EscapeDataString(uploadId)}/complete", job.Priority),
            ApiJson.Default.MultipartUploadStatus, cancellationToken);

    public static void Check(long length, UploadDescription description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description.FileName);
        if (length == 0)
            throw new SynapseException(SynapseFailure.BadRequest,
                $"'{description.FileName}' is empty, and Synapse stores no empty files; give it at least one byte.");
        if (length > PartPlan.Largest)
            throw new SynapseException(SynapseFailure.TooLarge,
                $"'{description.FileName}' is larger than the 5 TiB that Synapse takes; split it.");
    }
}
