using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using SynapseFs.Api;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Uploads;

namespace SynapseFs.Client.Elsewhere;

/// <summary>Parts that an object store takes together; an upload of one part is put as a whole.</summary>
internal sealed class ObjectParts(ObjectStores stores, StoredObject place, UploadJob job, string? uploadId) : PartTarget
{
    private const int Md5Length = 32;

    private readonly ConcurrentDictionary<int, string> _tags = new();

    /// <summary>The store's name of the upload; null: the content is one part.</summary>
    public string? UploadId => uploadId;

    /// <summary>What the store calls the parts that are there.</summary>
    public IReadOnlyDictionary<int, string> Tags => _tags;

    /// <summary>A part that is there already.</summary>
    public void Add(int part, string tag) => _tags[part] = tag;

    public override Task<IReadOnlyList<PartPresignedUrl>> GetAddressesAsync(int[] parts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PartPresignedUrl>>([.. parts.Select(part => new PartPresignedUrl
        {
            PartNumber = part,
            UploadPresignedUrl = stores.SignPut(place, uploadId, part).AbsoluteUri,
        })]);

    // Where the tag looks like an MD5 it is one, unless the store encrypts: then it has another length or says nothing about the bytes.
    public override Task<string?> ConfirmAsync(int part, PartSent sent, CancellationToken cancellationToken)
    {
        var tag = sent.Tag?.Trim('"') ?? "";
        if (tag.Length == Md5Length && tag.All(char.IsAsciiHexDigit) && !tag.Equals(sent.Md5Hex, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult<string?>("other bytes arrived than were sent.");
        _tags[part] = sent.Tag ?? "";
        return Task.FromResult<string?>(null);
    }

    public override SynapseException GaveUp(int part, PartSent sent, string problem) => sent.Status is 400 or 401 or 403 or 404
        ? stores.Refused(place, sent.Status.Value, problem.TrimEnd('.'))
        : new SynapseException(
            SynapseFailure.StorageDown,
            $"'{job.FileName}' cannot be sent to the object store {place.Host}: {problem} It is tried again by and by.");

    /// <summary>Carries out one call of the store.</summary>
    /// <exception cref="SynapseException">StorageRefused, StorageDown.</exception>
    public static async Task<T> AskAsync<T>(ObjectStores stores, StoredObject place, Func<IAmazonS3, Task<T>> call)
    {
        try
        {
            return await call(stores.Of(place.Endpoint, place.Bucket).Client);
        }
        catch (AmazonS3Exception e) when ((int)e.StatusCode is >= 400 and < 500 and not (404 or 408 or 429))
        {
            throw stores.Refused(place, (int)e.StatusCode, e.ErrorCode);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException
            || (e is OperationCanceledException && e.InnerException is TimeoutException))
        {
            throw new SynapseException(
                SynapseFailure.StorageDown, $"The object store {place.Host} is out of reach or in trouble: {Transport.ErrorText.Clean(e.Message, null)}",
                (int?)(e as AmazonServiceException)?.StatusCode, (e as AmazonServiceException)?.ErrorCode, e);
        }
    }
}
