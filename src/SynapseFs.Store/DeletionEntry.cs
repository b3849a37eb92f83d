using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>Something that is gone here and not yet remotely.</summary>
public sealed record DeletionEntry
{
    /// <summary>
    /// What it is called remotely. Where a creation's answer never came, nobody knows that: then it begins with '?', and what is deleted is
    /// what stands at the place, if its content is <see cref="Content"/>'s.
    /// </summary>
    public required string RemoteId { get; init; }

    public bool IsGuess => RemoteId.StartsWith('?');

    public required string Kind { get; init; }

    public required bool IsDirectory { get; init; }

    public required long Sequence { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The directory in which the remote side still has it, as a node and as a remote id.</summary>
    public required InodeNumber Parent { get; init; }

    public required string RemoteParent { get; init; }

    /// <summary>The shown name there.</summary>
    public required string Name { get; init; }

    /// <summary>The revision that was deleted; another one found remotely means that somebody changed it since.</summary>
    public string? Revision { get; init; }

    public ContentKey? Content { get; init; }
}
