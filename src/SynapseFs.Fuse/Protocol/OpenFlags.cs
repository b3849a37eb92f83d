using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Protocol;

/// <summary>
/// open(2) flags as the contract's <see cref="OpenMode"/>, with values that are those of x86-64 and arm64 alike; and what is answered.
/// </summary>
internal static class OpenFlags
{
    private const uint AccessMask = 3;
    private const uint WriteOnly = 1;
    private const uint ReadWrite = 2;
    // The kernel's own, of no open(2): FMODE_EXEC in its fs.h, set by execve(2).
    private const uint Execute = 0x20;
    private const uint Exclusive = 0x80;
    private const uint Truncate = 0x200;
    private const uint Append = 0x400;

    public static OpenMode ToMode(uint flags)
    {
        var mode = (flags & AccessMask) switch
        {
            WriteOnly => OpenMode.Write,
            ReadWrite => OpenMode.ReadWrite,
            _ => OpenMode.Read,
        };
        if ((flags & Execute) != 0)
            mode |= OpenMode.Execute;
        if ((flags & Exclusive) != 0)
            mode |= OpenMode.Exclusive;
        if ((flags & Truncate) != 0)
            mode |= OpenMode.Truncate;
        if ((flags & Append) != 0)
            mode |= OpenMode.Append;
        return mode;
    }

    /// <param name="names">What the filesystem says of the names that the kernel holds of a directory.</param>
    public static FuseOpenFlags ForNames(PageCaching names) => names switch
    {
        PageCaching.Keep => FuseOpenFlags.CacheDirectory | FuseOpenFlags.KeepCache,
        PageCaching.Drop => FuseOpenFlags.CacheDirectory,
        _ => FuseOpenFlags.None,
    };

    /// <param name="caching">What the filesystem says of the kernel's pages.</param>
    /// <param name="keepsPagesTrue">Whether the kernel drops pages that a write goes around.</param>
    public static FuseOpenFlags ForPages(PageCaching caching, bool keepsPagesTrue) => caching switch
    {
        PageCaching.Bypass => FuseOpenFlags.DirectIo,
        PageCaching.Around when keepsPagesTrue => FuseOpenFlags.DirectIo,
        PageCaching.Keep or PageCaching.Around or PageCaching.Backed => FuseOpenFlags.KeepCache,
        _ => FuseOpenFlags.None,
    };
}
