using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Providers;

/// <summary>Everything about a node that costs a call of its own. Believed as long as the revision stands.</summary>
public sealed record RemoteDetails
{
    /// <summary>The revision described; may be newer than the one asked about.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required FilePermissions Permissions { get; init; }

    /// <summary>What the account may do with it; <see cref="Permissions"/> says it in mode bits.</summary>
    public NodeRights Rights { get; init; }

    /// <summary>Bytes of a file, or null when nobody knows before reading to the end.</summary>
    public long? Length { get; init; }

    /// <summary>The content's key; null for what is no file, and for a file whose bytes the caller may not have.</summary>
    public ContentKey? Content { get; init; }

    /// <summary>For a symbolic link: where it leads, from the mount's root, beginning with '/'. The engine makes it relative.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Why opening is refused, in a sentence for a person; null when it is not.</summary>
    public string? Denied { get; init; }

    /// <summary>Extended attributes by full name (user.…).</summary>
    public IReadOnlyDictionary<string, string> Xattrs { get; init; } = new Dictionary<string, string>();

    /// <summary>How much of it all is told.</summary>
    public DetailsDepth Depth { get; init; }

    /// <summary>How long to believe this though the revision stands, for facts that lie elsewhere (a link's target); null: no limit.</summary>
    public TimeSpan? Lifetime { get; init; }
}
