using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Uploads;

/// <summary>Bytes to upload, readable anywhere, several readers at a time.</summary>
internal abstract class UploadSource : IDisposable
{
    public abstract long Length { get; }

    /// <summary>Fills the buffer.</summary>
    /// <exception cref="SynapseException">The content became shorter.</exception>
    public abstract Task ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <exception cref="SynapseException">The content was changed since the upload began.</exception>
    public abstract void CheckUnchanged();

    public static UploadSource Open(string path) => new FileUploadSource(path);

    public static UploadSource Over(Stream stream) => new StreamUploadSource(stream);

    public void Dispose() => Close();

    protected abstract void Close();

    protected static SynapseException Changed(string what) =>
        new(SynapseFailure.Conflict, $"{what} was changed while it was being uploaded; upload it again when it is finished.");
}
