namespace SynapseFs.Fuse.Protocol;

/// <summary>The INIT flags of both words as one: bits 32 and above travel in flags2. Only those this host knows the meaning of.</summary>
[Flags]
internal enum FuseFeatures : ulong
{
    None = 0,
    AsyncRead = 1UL << 0,
    AtomicTruncate = 1UL << 3,
    BigWrites = 1UL << 5,
    ReadDirPlus = 1UL << 13,
    ReadDirPlusAuto = 1UL << 14,
    AsyncDirectIo = 1UL << 15,
    ParallelDirectoryOperations = 1UL << 18,
    MaxPages = 1UL << 22,
    CacheSymlinks = 1UL << 23,
    ExplicitInvalidation = 1UL << 25,
    InitExt = 1UL << 30,
    DirectIoAllowMmap = 1UL << 36,
    Passthrough = 1UL << 37,
}
