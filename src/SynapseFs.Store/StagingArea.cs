namespace SynapseFs.Store;

/// <summary>
/// The files that hold the bytes of unfinished changes, in <c>staging/</c>. When the disk is full, cached content gives way first.
/// Thread-safe.
/// </summary>
public sealed class StagingArea
{
    /// <summary>Bytes of all staged files on disk.</summary>
    public long TotalBytes => throw new NotImplementedException();

    /// <summary>A new, empty file under a number never used before.</summary>
    /// <exception cref="StoreException">Full, NotWritable, InputOutput.</exception>
    public StagedFile Create() => throw new NotImplementedException();

    /// <exception cref="StoreException">InputOutput when it is not there.</exception>
    public StagedFile Open(long number) => throw new NotImplementedException();

    /// <summary>Deletes the file; one that is still open stays readable for who has it.</summary>
    public void Delete(long number) => throw new NotImplementedException();

    /// <summary>Numbers of all files there are.</summary>
    public IReadOnlyList<long> Numbers() => throw new NotImplementedException();
}
