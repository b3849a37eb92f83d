namespace SynapseFs.Store;

/// <summary>
/// Keeps the cache from taking the last of the disk: the databases need some to go on, and so does everybody else. A disk that tells
/// nothing about itself has room.
/// </summary>
internal sealed class DiskSpace
{
    private const long MostReserved = 64L << 20;
    private const int SmallestShare = 20;

    private readonly DriveInfo? _drive;
    private readonly long _reserve;

    public DiskSpace(string directory)
    {
        try
        {
            _drive = new DriveInfo(directory);
            _reserve = Reserve(_drive.TotalSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _drive = null;
        }
    }

    /// <summary>How many bytes of a disk of that size the cache leaves free: a twentieth, at most 64 MiB.</summary>
    public static long Reserve(long size) => Math.Min(MostReserved, size / SmallestShare);

    /// <summary>Whether that many bytes more would take from the reserve.</summary>
    public bool IsShortOf(int bytes)
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
