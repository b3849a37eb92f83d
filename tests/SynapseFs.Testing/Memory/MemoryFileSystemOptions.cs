namespace SynapseFs.Testing.Memory;

/// <summary>How a <see cref="MemoryFileSystem"/> behaves towards its host.</summary>
public sealed record MemoryFileSystemOptions
{
    /// <summary>How long the kernel may believe names and attributes.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether listings bring attributes along.</summary>
    public bool ListsDetails { get; init; } = true;

    /// <summary>Answers lookups, reads and writes only after a hop to another thread, as a remote filesystem would.</summary>
    public bool Hops { get; init; }

    /// <summary>The number after which inodes are numbered; the root is always 1.</summary>
    public ulong LastInode { get; init; }

    /// <summary>The number after which handles are numbered.</summary>
    public ulong LastHandle { get; init; }
}
