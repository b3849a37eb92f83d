using Amazon.S3;
using Amazon.S3.Model;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Transport;
using SynapseFs.Client.Uploads;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// Puts contents into object stores, in parts that are cut as Synapse's. An upload that stopped goes on where the store tells what it has
/// of it, else it begins anew.
/// </summary>
internal sealed class ObjectUploader(ObjectStores stores, TransportParts parts, SynapseClientOptions options)
{
    private const string NoSuchUpload = "NoSuchUpload";

    /// <exception cref="SynapseException">StorageRefused, StorageDown, LocalFile.</exception>
    public async Task UploadAsync(UploadJob job, StoredObject place, string? contentType, CancellationToken cancellationToken)
    {
        if (await LengthAsync(place, cancellationToken) == job.Plan.Length)
        {
            job.Progress?.Report(job.Plan.Length);
            return;
        }
        if (job.Plan.Count == 1)
        {
            await new PartUploads(new ObjectParts(stores, place, job, null), parts, options, job).SendAsync([1], cancellationToken);
            job.Source.CheckUnchanged();
            return;
        }
        var uploadId = await FindAsync(place, cancellationToken);
        var target = new ObjectParts(stores, place, job, uploadId ?? await StartAsync(place, contentType, cancellationToken));
        if (uploadId is not null)
            await FindPartsAsync(job, place, uploadId, target, cancellationToken);
        await new PartUploads(target, parts, options, job)
            .SendAsync([.. Enumerable.Range(1, job.Plan.Count).Where(part => !target.Tags.ContainsKey(part))], cancellationToken);
        job.Source.CheckUnchanged();
        await CompleteAsync(place, target, cancellationToken);
    }

    // Its name is the content's own (UploadName), and an object is there whole or not at all.
    private async Task<long?> LengthAsync(StoredObject place, CancellationToken cancellationToken)
    {
        try
        {
            return (await AskAsync(place, store => store.GetObjectMetadataAsync(place.Bucket, place.Key, cancellationToken))).ContentLength;
        }
        // Who may put need not be allowed to look.
        catch (SynapseException e) when (e.Status is 403 or 404)
        {
            return null;
        }
    }

    // Not every store can list what is under way.
    private async Task<string?> FindAsync(StoredObject place, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ListMultipartUploadsRequest { BucketName = place.Bucket, Prefix = place.Key };
            var found = await AskAsync(place, store => store.ListMultipartUploadsAsync(request, cancellationToken));
            return found.MultipartUploads?.Where(upload => upload.Key == place.Key).MaxBy(upload => upload.Initiated)?.UploadId;
        }
        catch (SynapseException e) when (e.Status is not null)
        {
            return null;
        }
    }

    private async Task FindPartsAsync(
        UploadJob job, StoredObject place, string uploadId, ObjectParts target, CancellationToken cancellationToken)
    {
        int? marker = null;
        do
        {
            var request = new ListPartsRequest
            {
                BucketName = place.Bucket,
                Key = place.Key,
                UploadId = uploadId,
                PartNumberMarker = marker?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            var page = await AskAsync(place, store => store.ListPartsAsync(request, cancellationToken));
            foreach (var part in page.Parts ?? [])
                if (part is { PartNumber: { } number, ETag: { } tag } && number <= job.Plan.Count && part.Size == job.Plan.LengthOf(number))
                    target.Add(number, tag);
            marker = page.IsTruncated == true ? page.NextPartNumberMarker : null;
        }
        while (marker is not null);
    }

    private async Task<string> StartAsync(StoredObject place, string? contentType, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = place.Bucket, Key = place.Key, ContentType = contentType };
        return (await AskAsync(place, store => store.InitiateMultipartUploadAsync(request, cancellationToken))).UploadId;
    }

    private async Task CompleteAsync(StoredObject place, ObjectParts target, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            UploadId = target.UploadId,
            PartETags = [.. target.Tags.OrderBy(part => part.Key).Select(part => new PartETag(part.Key, part.Value))],
        };
        try
        {
            await AskAsync(place, store => store.CompleteMultipartUploadAsync(request, cancellationToken));
        }
        // A first try that worked and whose answer was lost.
        catch (SynapseException e) when (e.Reason == NoSuchUpload && e.Status == 404)
        {
            if (await LengthAsync(place, cancellationToken) is null)
                throw;
        }
    }

    private Task<T> AskAsync<T>(StoredObject place, Func<IAmazonS3, Task<T>> call) => ObjectParts.AskAsync(stores, place, call);
}
