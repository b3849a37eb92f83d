using System.Collections.Concurrent;
using SynapseFs.Api;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Uploads;

namespace SynapseFs.Client.Elsewhere;

/// <summary>Parts that an object store takes together; an upload of one part is put as a whole.</summary>
internal sealed class ObjectParts(ObjectStores stores, ObjectStore store, StoredObject place, UploadJob job, string? uploadId) : PartTarget
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
            UploadPresignedUrl = ObjectStores.SignPut(store, place, uploadId, part).AbsoluteUri,
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
}
