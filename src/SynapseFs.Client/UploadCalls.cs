using SynapseFs.Api;
using SynapseFs.Client.Transport;
using SynapseFs.Client.Uploads;

namespace SynapseFs.Client;

/// <summary>Bytes into Synapse's storage. All throw <see cref="SynapseException"/>.</summary>
public sealed class UploadCalls
{
    private readonly ApiTransport _transport;
    private readonly MultipartUploader _uploader;
    private readonly ElsewhereUploader _elsewhere;

    internal UploadCalls(ApiTransport transport, MultipartUploader uploader, ElsewhereUploader elsewhere)
    {
        _transport = transport;
        _uploader = uploader;
        _elsewhere = elsewhere;
    }

    /// <summary>Where files of that project or folder are to be stored.</summary>
    public Task<UploadDestination> GetDestinationAsync(string parentId, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            ApiCall.Get(SynapseService.File, "/entity/{id}/uploadDestination", EntityPaths.Of(parentId, null, "/uploadDestination"),
                priority),
            ApiJson.Default.UploadDestination, cancellationToken);

    /// <summary>
    /// Uploads a local file and returns the id of its file handle. An upload of the same content under the same name that stopped
    /// half way, in this process or an earlier one, goes on where it was. Progress counts bytes stored, resumed ones included.
    /// </summary>
    public async Task<string> UploadAsync(
        string path, UploadDescription description, RequestPriority priority, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        using var source = UploadSource.Open(path);
        return await _uploader.UploadAsync(source, knownMd5: null, description, priority, progress, cancellationToken);
    }

    /// <summary>As above for a file whose MD5 is known, which spares reading it twice.</summary>
    /// <param name="path">The file; nobody may write to it meanwhile.</param>
    /// <param name="md5">Its MD5 in 32 lower-case hex digits. A wrong one makes a file that nobody can verify.</param>
    public async Task<string> UploadAsync(
        string path, string md5, UploadDescription description, RequestPriority priority, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(md5);
        using var source = UploadSource.Open(path);
        return await _uploader.UploadAsync(source, md5, description, priority, progress, cancellationToken);
    }

    /// <summary>
    /// As above, to where a directory's files are stored: Synapse's storage, an SFTP server or an object store with the credentials that
    /// the configuration has for it. What stopped half way goes on, as far as the storage can tell what it has.
    /// </summary>
    /// <param name="destination">As <see cref="GetDestinationAsync"/> tells it.</param>
    /// <returns>The new file handle; of one in Synapse's storage only the id.</returns>
    /// <exception cref="SynapseException">Also StorageRefused, StorageDown, and NotSupported for storages of other kinds.</exception>
    public async Task<FileHandle> UploadToAsync(
        UploadDestination destination, string path, string md5, UploadDescription description, RequestPriority priority,
        IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentException.ThrowIfNullOrEmpty(md5);
        using var source = UploadSource.Open(path);
        return destination.ConcreteType is null or SynapseTypes.S3UploadDestination or SynapseTypes.ExternalS3UploadDestination
            or SynapseTypes.ExternalGoogleCloudUploadDestination
            ? new FileHandle { Id = await _uploader.UploadAsync(source, md5, description, priority, progress, cancellationToken) }
            : await _elsewhere.UploadAsync(source, md5, description, destination, priority, progress, cancellationToken);
    }

    /// <summary>As above, from a stream that can seek; it is read from its beginning, more than once, and stays open.</summary>
    public async Task<string> UploadAsync(
        Stream content, UploadDescription description, RequestPriority priority, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        using var source = UploadSource.Over(content);
        return await _uploader.UploadAsync(source, knownMd5: null, description, priority, progress, cancellationToken);
    }
}
