using SynapseFs.Api;

namespace SynapseFs.Client.Uploads;

/// <summary>One upload from its first call to its last.</summary>
/// <param name="Request">Names the upload at the service.</param>
internal sealed record UploadJob(
    UploadSource Source, PartPlan Plan, MultipartUploadRequest Request, RequestPriority Priority, IProgress<long>? Progress)
{
    public string FileName => Request.FileName!;
}
