namespace SynapseFs.Vfs;

/// <summary>What statfs(2) tells. All lengths in bytes.</summary>
public sealed record FilesystemStatistics
{
    public long TotalBytes { get; init; }

    public long FreeBytes { get; init; }

    public long Inodes { get; init; }

    /// <summary>Longest name, in bytes.</summary>
    public int MaximumNameLength { get; init; } = 255;

    public int BlockSize { get; init; } = 4096;
}
