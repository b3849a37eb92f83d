namespace SynapseFs.Store;

/// <summary>
/// Keeps the cache from taking the last of the disk: the databases need some to go on, and so does everybody else. A disk that tells
/// nothing about itself has room.
/// </summary>
internal sealed class DiskSpace
{
    private const long MostReserved = 64L << 20;
    private const int SmallestShare = 20;
    private const long MostLeftByChanges = 4L << 20;

    private readonly DriveInfo? _drive;
    private readonly long _reserve;

    public DiskSpace(string directory)
        : this(directory, Reserve)
    {
    }

    private DiskSpace(string directory, Func<long, long> reserve)
    {
        try
        {
            _drive = new DriveInfo(directory);
            _reserve = reserve(_drive.TotalSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _drive = null;
        }
    }

    /// <summary>How many bytes of a disk of that size the cache leaves free: a twentieth, at most 64 MiB.</summary>
    public static long Reserve(long size) => Math.Min(MostReserved, size / SmallestShare);

    /// <summary>
    /// What may be used for changes that are not yet sent: also the cache's reserve, but for a rest in which state.db can note them.
    /// </summary>
    public static DiskSpace ForChanges(string directory) => new(directory, LeftByChanges);

    /// <summary>How many bytes of a disk of that size changes leave free: half of what the cache leaves, at most 4 MiB.</summary>
    public static long LeftByChanges(long size) => Math.Min(MostLeftByChanges, Reserve(size) / 2);

    /// <summary>Whether that many bytes more would take from the reserve.</summary>
    public bool IsShortOf(long bytes)
    {
        try
        {
            return _drive is not null && _drive.AvailableFreeSpace - bytes < _reserve;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
