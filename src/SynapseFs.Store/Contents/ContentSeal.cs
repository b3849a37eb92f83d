using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Store.Contents;

/// <summary>
/// The mark of a content file whose bytes were all found right and then made safe on the disk: a modification time that is set after
/// the sync, and that no later write leaves standing. Telling costs one fstat and no database, and what a crash or a foreign hand does to
/// the file takes the mark with it.
/// </summary>
internal static class ContentSeal
{
    /// <summary>A whole, even second, which every file system keeps; older than this program, so that no write can set it.</summary>
    private static readonly DateTime Mark = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>While it is looked through: whoever writes meanwhile is noticed, however coarse the file system's clock is.</summary>
    private static readonly DateTime Looking = new(2001, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Before the bytes are looked at; false on a file system that keeps no times.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static bool TryBegin(SafeFileHandle file)
    {
        File.SetLastWriteTimeUtc(file, Looking);
        return File.GetLastWriteTimeUtc(file) == Looking;
    }

    /// <summary>Seals a file that was found right and synced; false when somebody wrote to it since <see cref="Begin"/>.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static bool TryPut(SafeFileHandle file)
    {
        if (File.GetLastWriteTimeUtc(file) != Looking)
            return false;
        File.SetLastWriteTimeUtc(file, Mark);
        return true;
    }

    /// <exception cref="IOException">The file cannot be asked.</exception>
    public static bool IsOn(SafeFileHandle file) => File.GetLastWriteTimeUtc(file) == Mark;
}
