using SynapseFs.Vfs;

namespace SynapseFs.Cli.Control;

/// <summary>What a running mount knows about one path.</summary>
internal sealed record PathFacts
{
    public required NodeType Type { get; init; }

    /// <summary>Bytes of a file; 0 for others.</summary>
    public long Length { get; init; }

    public bool CanRead { get; init; }

    public bool CanWrite { get; init; }

    /// <summary>Where a symbolic link leads, as it reads.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Extended attributes by full name.</summary>
    public IReadOnlyDictionary<string, string> Xattrs { get; init; } = new Dictionary<string, string>();
}
