namespace SynapseFs.Store;

/// <summary>All cached content: which is kept, and what goes when there is too much. Thread-safe.</summary>
public sealed class ContentStore
{
    internal ContentStore()
    {
    }

    /// <summary>Bytes of all cached content, kept up to date without counting.</summary>
    public long TotalBytes => throw new NotSupportedException();

    /// <summary>
    /// The content under this key, cached or not yet. All openers share one object, which stays safe from eviction until each has
    /// disposed it once.
    /// </summary>
    /// <exception cref="ArgumentException">It is open with another length.</exception>
    public StoredContent Open(ContentKey key, long length) => throw new NotSupportedException();

    /// <summary>How many bytes of this content are cached; 0 when none.</summary>
    public long CachedBytes(ContentKey key) => throw new NotSupportedException();

    /// <summary>Drops least recently used contents that nobody has open until <see cref="StoreOptions.CacheSize"/> is kept.</summary>
    public void Trim() => throw new NotSupportedException();
}
