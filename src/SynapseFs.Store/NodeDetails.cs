using System.Collections.ObjectModel;
using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>Everything about a node that cost a call, remembered under the revision it describes.</summary>
public sealed record NodeDetails
{
    public required string Revision { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required FilePermissions Permissions { get; init; }

    /// <summary>Whether these details were described, and not only remembered from before rights were: then <see cref="Rights"/> says nothing.</summary>
    public bool KnowsRights => Revision.Length > 0;

    /// <summary>What the account may do with it; <see cref="Permissions"/> says it in mode bits.</summary>
    public NodeRights Rights { get; init; }

    /// <summary>Bytes of a file, or null when unknown.</summary>
    public long? Length { get; init; }

    public ContentKey? Content { get; init; }

    /// <summary>For a symbolic link: where it leads, from the mount's root.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Why opening is refused, in a sentence for a person; null when it is not.</summary>
    public string? Denied { get; init; }

    /// <summary>Extended attributes by full name.</summary>
    public IReadOnlyDictionary<string, string> Xattrs { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public required DateTimeOffset DescribedOn { get; init; }

    /// <summary>How much of it all is known.</summary>
    public DetailsDepth Depth { get; init; }

    /// <summary>Past this the details are asked for again though the revision stands; null: no limit.</summary>
    public DateTimeOffset? BelievedUntil { get; init; }
}
