namespace SynapseFs.Store;

/// <summary>
/// One immutable content in use: which of its blocks are cached, and their bytes. Thread-safe. No block is ever handed out whose
/// checksum does not fit.
/// </summary>
public sealed class StoredContent : IDisposable
{
    internal StoredContent()
    {
    }

    public ContentKey Key { get; }

    /// <summary>Bytes of the whole content.</summary>
    public long Length { get; }

    /// <summary>Bytes of each block but the last.</summary>
    public int BlockSize { get; }

    public long BlockCount => (Length + BlockSize - 1) / BlockSize;

    /// <summary>Whether all bytes together were once found to have the key's MD5.</summary>
    public bool IsVerified { get; }

    public bool IsComplete { get; }

    public long PresentBytes { get; }

    /// <summary>Bytes of that block: <see cref="BlockSize"/>, or less for the last one.</summary>
    public int BlockLength(long block) => (int)Math.Min(BlockSize, Length - block * BlockSize);

    public bool IsPresent(long block) => throw new NotSupportedException();

    /// <summary>
    /// Copies bytes of one block and returns how many: up to the end of the destination or the block. -1 when the block is not
    /// cached, or no longer: bytes that do not fit the checksum are dropped here. After -1 the destination holds anything.
    /// </summary>
    public int Read(long block, int offsetInBlock, Span<byte> destination) => throw new NotSupportedException();

    /// <summary>The XxHash3 of the block as cached, or null when it is not. Equal bytes have equal checksums.</summary>
    public ulong? Checksum(long block) => throw new NotSupportedException();

    /// <summary>Caches one whole block.</summary>
    /// <exception cref="StoreException">Only for a failing disk; a full one is a result.</exception>
    public BlockWriteResult Write(long block, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    /// <summary>Forgets all blocks and that the content was ever verified.</summary>
    public void DropAll() => throw new NotSupportedException();

    /// <summary>Remembers that all bytes together have the key's MD5. Only when <see cref="IsComplete"/>.</summary>
    public void MarkVerified() => throw new NotSupportedException();

    /// <summary>
    /// The MD5 of all bytes, in lower-case hex; null when a block is missing or was found damaged on the way.
    /// </summary>
    public string? ComputeMd5(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Ends one use; the last one lets go of the file and the eviction guard.</summary>
    public void Dispose()
    {
    }
}
