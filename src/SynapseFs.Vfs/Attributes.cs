namespace SynapseFs.Vfs;

/// <summary>
/// What stat(2) tells, less the owner: everything belongs to whoever mounted, and hosts fill that in.
/// </summary>
public sealed record Attributes
{
    public required InodeNumber Inode { get; init; }

    public required NodeType Type { get; init; }

    /// <summary>Bytes. For a symbolic link the bytes of its target; for a directory 0.</summary>
    public long Length { get; init; }

    /// <summary>Bytes on local disk, what du(1) sums; -1 means "as long as the length".</summary>
    public long AllocatedLength { get; init; } = -1;

    public required FilePermissions Permissions { get; init; }

    /// <summary>Names that lead to it: 1, or 0 for what is deleted and still open.</summary>
    public uint LinkCount { get; init; } = 1;

    /// <summary>Last change of the content (mtime).</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>Last change of anything (ctime).</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>Birth time (btime).</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Last use (atime). Not tracked: hosts show <see cref="Modified"/> where null.</summary>
    public DateTimeOffset? Accessed { get; init; }
}
