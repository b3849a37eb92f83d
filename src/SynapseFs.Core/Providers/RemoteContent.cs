namespace SynapseFs.Core.Providers;

/// <summary>The bytes of one immutable content, readable in ranges, as often and as concurrently as wanted.</summary>
public abstract class RemoteContent
{
    /// <summary>Bytes, or null when unknown until the end is read; then only reads from offset 0 are asked for.</summary>
    public abstract long? Length { get; }

    /// <summary>
    /// The bytes from <paramref name="offset"/> on, <paramref name="length"/> of them (null: to the end), as they arrive. The stream
    /// mends broken connections itself; an early end or a failed read is final.
    /// </summary>
    /// <exception cref="Vfs.FsException">AccessDenied, NotFound, Offline, InputOutput.</exception>
    public abstract Task<Stream> OpenRangeAsync(long offset, long? length, Urgency urgency, CancellationToken cancellationToken);
}
