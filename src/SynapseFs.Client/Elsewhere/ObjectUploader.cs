using Amazon.Runtime;
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
    private const string NoSuchBucket = "NoSuchBucket";
    private const string NoSuchUpload = "NoSuchUpload";

    /// <exception cref="SynapseException">StorageRefused, StorageDown, LocalFile.</exception>
    public async Task UploadAsync(UploadJob job, StoredObject place, string? contentType, CancellationToken cancellationToken)
    {
        // One and the same keys for all of it: who corrects them in between has the next try use them.
        var store = stores.Of(place);
        if (await LengthAsync(store, place, cancellationToken) == job.Plan.Length)
        {
            job.Progress?.Report(job.Plan.Length);
            return;
        }
        if (job.Plan.Count == 1)
        {
            await new PartUploads(new ObjectParts(stores, store, place, job, null), parts, options, job).SendAsync([1], cancellationToken);
            job.Source.CheckUnchanged();
            return;
        }
        var uploadId = await FindAsync(store, place, cancellationToken);
        var target = new ObjectParts(stores, store, place, job, uploadId ?? await StartAsync(store, place, contentType, cancellationToken));
        if (uploadId is not null)
            await FindPartsAsync(job, store, place, uploadId, target, cancellationToken);
        await new PartUploads(target, parts, options, job)
            .SendAsync([.. Enumerable.Range(1, job.Plan.Count).Where(part => !target.Tags.ContainsKey(part))], cancellationToken);
        job.Source.CheckUnchanged();
        await CompleteAsync(store, place, target, cancellationToken);
    }

    // Its name is the content's own (UploadName), and an object is there whole or not at all.
    private async Task<long?> LengthAsync(ObjectStore store, StoredObject place, CancellationToken cancellationToken)
    {
        try
        {
            return (await AskAsync(store, place, client => client.GetObjectMetadataAsync(place.Bucket, place.Key, cancellationToken))).ContentLength;
        }
        // Who may put need not be allowed to look.
        catch (SynapseException e) when (e.Status is 403 or 404)
        {
            return null;
        }
    }

    // Not every store can list what is under way.
    private async Task<string?> FindAsync(ObjectStore store, StoredObject place, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ListMultipartUploadsRequest { BucketName = place.Bucket, Prefix = place.Key };
            var found = await AskAsync(store, place, client => client.ListMultipartUploadsAsync(request, cancellationToken));
            return found.MultipartUploads?.Where(upload => upload.Key == place.Key).MaxBy(upload => upload.Initiated)?.UploadId;
        }
        catch (SynapseException e) when (e.Status is not null)
        {
            return null;
        }
    }

    private async Task FindPartsAsync(
        UploadJob job, ObjectStore store, StoredObject place, string uploadId, ObjectParts target, CancellationToken cancellationToken)
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
            var page = await AskAsync(store, place, client => client.ListPartsAsync(request, cancellationToken));
            foreach (var part in page.Parts ?? [])
                if (part is { PartNumber: { } number, ETag: { } tag } && number <= job.Plan.Count && part.Size == job.Plan.LengthOf(number))
                    target.Add(number, tag);
            marker = page.IsTruncated == true ? page.NextPartNumberMarker : null;
        }
        while (marker is not null);
    }

    private async Task<string> StartAsync(
        ObjectStore store, StoredObject place, string? contentType, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = place.Bucket, Key = place.Key, ContentType = contentType };
        return (await AskAsync(store, place, client => client.InitiateMultipartUploadAsync(request, cancellationToken))).UploadId;
    }

    private async Task CompleteAsync(
        ObjectStore store, StoredObject place, ObjectParts target, CancellationToken cancellationToken)
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
            await AskAsync(store, place, client => client.CompleteMultipartUploadAsync(request, cancellationToken));
        }
        // A first try that worked and whose answer was lost.
        catch (SynapseException e) when (e.Reason == NoSuchUpload && e.Status == 404)
        {
            if (await LengthAsync(store, place, cancellationToken) is null)
                throw;
        }
    }

    // What the store says, or that it says nothing, in the words of this project.
    private async Task<T> AskAsync<T>(ObjectStore store, StoredObject place, Func<IAmazonS3, Task<T>> call)
    {
        try
        {
            return await call(store.Client);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == NoSuchBucket || (int)e.StatusCode is >= 400 and < 500 and not (404 or 408 or 429))
        {
            throw stores.Refused(place, (int)e.StatusCode, e.ErrorCode);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException
            || (e is OperationCanceledException && e.InnerException is TimeoutException))
        {
            var answered = e as AmazonServiceException;
            throw new SynapseException(
                SynapseFailure.StorageDown, $"The object store {place.Host} is out of reach or in trouble: {ErrorText.Clean(e.Message, null)}",
                answered is null or { StatusCode: 0 } ? null : (int)answered.StatusCode, answered?.ErrorCode, e);
        }
    }
}
