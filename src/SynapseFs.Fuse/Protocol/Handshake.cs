namespace SynapseFs.Fuse.Protocol;

/// <summary>Decides the answer to INIT: which of the kernel's offers are taken. Reasons in native-notes/fuse-protocol.md.</summary>
internal static class Handshake
{
    public const uint Major = 7;

    /// <summary>The newest minor whose messages are known here (Linux 6.18).</summary>
    public const uint Minor = 45;

    /// <summary>INIT's answer has its present size since then. .NET 10 itself needs Linux 4.18, which speaks 7.27.</summary>
    public const uint OldestMinor = 23;

    public const int MaxWrite = 1 << 20;

    /// <summary>Requests the kernel may have waiting for read-ahead; the kernel's own 12 starves a network.</summary>
    public const ushort MaxBackground = 64;

    public const FuseFeatures Wanted =
        FuseFeatures.AsyncRead | FuseFeatures.AtomicTruncate | FuseFeatures.BigWrites | FuseFeatures.ReadDirPlus
        | FuseFeatures.ReadDirPlusAuto | FuseFeatures.AsyncDirectIo | FuseFeatures.ParallelDirectoryOperations | FuseFeatures.MaxPages
        | FuseFeatures.CacheSymlinks | FuseFeatures.ExplicitInvalidation | FuseFeatures.InitExt | FuseFeatures.DirectIoAllowMmap;

    private const int PageSize = 4096;

    /// <summary>
    /// Backing files lie on file systems that are no stack themselves; the kernel's limit of 2 in all leaves one for an overlay over this mount.
    /// </summary>
    private const uint StackDepth = 1;

    /// <summary>Whether the kernel speaks a newer major: then only our major is told, and it sends INIT again.</summary>
    public static bool MustAskAgain(in InitIn offer) => offer.Major > Major;

    public static bool IsTooOld(in InitIn offer) => offer.Major < Major || (offer.Major == Major && offer.Minor < OldestMinor);

    /// <param name="offer">What the kernel says it can.</param>
    /// <param name="passthrough">Whether it is to read backing files itself.</param>
    public static InitOut Answer(in InitIn offer, bool passthrough)
    {
        var features = offer.Offered & (passthrough ? Wanted | FuseFeatures.Passthrough : Wanted);
        return new InitOut
        {
            Major = Major,
            Minor = Math.Min(offer.Minor, Minor),
            MaxReadAhead = offer.MaxReadAhead,
            Flags = (uint)features,
            Flags2 = (uint)((ulong)features >> 32),
            MaxBackground = MaxBackground,
            CongestionThreshold = MaxBackground * 3 / 4,
            MaxWrite = MaxWrite,
            TimeGranularity = 1,
            MaxPages = MaxWrite / PageSize,
            MaxStackDepth = features.HasFlag(FuseFeatures.Passthrough) ? StackDepth : 0,
        };
    }
}
