namespace SynapseFs.Core.Providers;

/// <summary>The bytes of one immutable content, readable in ranges, as often and as concurrently as wanted.</summary>
public abstract class RemoteContent
{
    /// <summary>Bytes, or null when unknown until the end is read; then only reads from offset 0 are asked for.</summary>
    public abstract long? Length { get; }

    /// <summary>Whether the bytes come from the remote service; others are there when that is out of reach, too.</summary>
    public virtual bool AsksRemotely => true;

    /// <summary>Whether <see cref="KeptAsync"/> is to be told.</summary>
    public virtual bool WantsWhole => false;

    /// <summary>
    /// The bytes from <paramref name="offset"/> on, <paramref name="length"/> of them (null: to the end), as they arrive. The stream
    /// mends broken connections itself; an early end or a failed read is final.
    /// </summary>
    /// <exception cref="Vfs.FsException">AccessDenied, NotFound, Offline, StorageDown, NotSupported, InputOutput.</exception>
    public abstract Task<Stream> OpenRangeAsync(long offset, long? length, Urgency urgency, CancellationToken cancellationToken);

    /// <summary>It is about to be read: asks for what that needs, for many at once where that spares calls.</summary>
    /// <exception cref="Vfs.FsException">As <see cref="OpenRangeAsync"/>.</exception>
    public virtual Task PrepareAsync(Urgency urgency, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What came does not have the MD5 that it should have, and will be asked for once more: elsewhere, if there is a choice.</summary>
    public virtual void WasWrong()
    {
    }

    /// <summary>All of it is on the local disk now and has its MD5. Called in the background, for one content at a time.</summary>
    /// <param name="whole">The content from its start, read forward only; throws <see cref="IOException"/> when it has gone again.</param>
    /// <param name="cancellationToken">The mount ends.</param>
    public virtual Task KeptAsync(Stream whole, CancellationToken cancellationToken) => Task.CompletedTask;
}
