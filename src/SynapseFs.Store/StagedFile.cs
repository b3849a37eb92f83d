using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Store;

/// <summary>One file of the staging area, open: plain sparse bytes by offset. Thread-safe as pread and pwrite are.</summary>
public sealed class StagedFile : IDisposable
{
    public long Number => throw new NotImplementedException();

    public string Path => throw new NotImplementedException();

    public SafeFileHandle Handle => throw new NotImplementedException();

    /// <summary>Bytes from <paramref name="offset"/> on; fewer only at the file's end.</summary>
    /// <exception cref="StoreException">InputOutput.</exception>
    public int Read(long offset, Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Writes all of it. Cached content gives way when the disk is full.</summary>
    /// <exception cref="StoreException">Full, InputOutput.</exception>
    public void Write(long offset, ReadOnlySpan<byte> source) => throw new NotImplementedException();

    public void SetLength(long length) => throw new NotImplementedException();

    /// <summary>Makes sure that writing the range cannot meet a full disk; does not change what is read, but may extend the file.</summary>
    /// <exception cref="StoreException">Full.</exception>
    public void Reserve(long offset, long length) => throw new NotImplementedException();

    /// <summary>The range reads as zeros afterwards and its room is given back where the disk's filesystem can.</summary>
    public void Punch(long offset, long length) => throw new NotImplementedException();

    /// <summary>Everything written before survives a power failure (fdatasync).</summary>
    /// <exception cref="StoreException">Full, InputOutput.</exception>
    public void Sync() => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
