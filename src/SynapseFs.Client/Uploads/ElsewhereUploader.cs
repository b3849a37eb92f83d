using SynapseFs.Api;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Elsewhere;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Uploads;

/// <summary>Brings contents to storage outside Synapse, then tells Synapse where they lie.</summary>
internal sealed class ElsewhereUploader(
    FileHandleCalls fileHandles, StoragesElsewhere elsewhere, TransportParts parts, SynapseClientOptions options, string secret)
{
    private const string Sftp = "SFTP";

    private readonly SftpUploader _files = new(elsewhere.SftpHosts, parts, options);
    private readonly ObjectUploader _objects = new(elsewhere.Objects, parts, options);

    /// <returns>The new file handle.</returns>
    /// <exception cref="SynapseException">StorageRefused, StorageDown, NotSupported, LocalFile; what registering it throws.</exception>
    public async Task<FileHandle> UploadAsync(
        UploadSource source, string md5, UploadDescription description, UploadDestination destination, RequestPriority priority,
        IProgress<long>? progress, CancellationToken cancellationToken)
    {
        MultipartUploader.Check(source.Length, description);
        var job = new UploadJob(source, PartPlan.For(source.Length), description.FileName, md5, priority, progress);
        var handle = new FileHandle
        {
            FileName = description.FileName,
            ContentType = description.ContentType,
            ContentMd5 = md5,
            ContentSize = source.Length,
            StorageLocationId = destination.StorageLocationId,
        };
        var placed = await PlaceAsync(job, handle, destination, cancellationToken);
        return await fileHandles.RegisterAsync(placed, priority, cancellationToken);
    }

    private async Task<FileHandle> PlaceAsync(
        UploadJob job, FileHandle handle, UploadDestination destination, CancellationToken cancellationToken)
    {
        var uuid = UploadName.Of(secret, job.Md5, job.Plan.Length, job.FileName);
        switch (destination)
        {
            case { ConcreteType: SynapseTypes.ExternalUploadDestination, UploadType: Sftp, Url: { } url }
                when Uri.TryCreate(url, UriKind.Absolute, out var directory) && directory.Scheme == SftpPath.Scheme:
                var address = await _files.UploadAsync(job, SftpPath.InPlaceOfUuid(directory, uuid), cancellationToken);
                return handle with { ConcreteType = SynapseTypes.ExternalFileHandle, ExternalURL = address.AbsoluteUri };
            case { ConcreteType: SynapseTypes.ExternalObjectStoreUploadDestination, EndpointUrl: { } text, Bucket: { } bucket }
                when Uri.TryCreate(text, UriKind.Absolute, out var endpoint):
                var place = new StoredObject(endpoint, bucket, $"{uuid}/{job.FileName}");
                await _objects.UploadAsync(job, place, handle.ContentType, cancellationToken);
                return handle with { ConcreteType = SynapseTypes.ExternalObjectStoreFileHandle, FileKey = place.Key };
            default:
                throw new SynapseException(
                    SynapseFailure.NotSupported,
                    $"New files here are stored outside Synapse ({destination.UploadType ?? "unknown"}), where this program cannot write: put them "
                        + "there by the storage's own tools, or choose another storage location in the project's settings.");
        }
    }
}
