namespace SynapseFs.Client.Uploads;

/// <summary>One upload from its first call to its last.</summary>
/// <param name="Md5">Of the whole content, in lower-case hex.</param>
internal sealed record UploadJob(
    UploadSource Source, PartPlan Plan, string FileName, string Md5, RequestPriority Priority, IProgress<long>? Progress);
