namespace SynapseFs.Core.Providers;

/// <summary>
/// Tells the details of many nodes at once, a whole tree's in a few calls, where the remote side keeps an index of them. What it says may
/// be older than the nodes themselves: the engine takes it only for the revision that a listing tells, so it never tells names.
/// </summary>
public abstract class DetailsSource
{
    /// <summary>The kind of the nodes that it tells of.</summary>
    public abstract NodeKind Kind { get; }

    /// <summary>
    /// The index that a person named for what lies in a directory, which is read before there is any sign that it pays; null: none. Costs no
    /// call.
    /// </summary>
    public abstract DetailsIndex? FindWished(IReadOnlyList<RemoteNode> above);

    /// <summary>An index that tells of what lies in a directory; null: there is none. May ask, but not each time.</summary>
    /// <param name="above">The directory, then what it lies in, up to the mount's root.</param>
    /// <exception cref="Vfs.FsException">It could not be found out.</exception>
    public abstract Task<DetailsIndex?> FindAsync(
        IReadOnlyList<RemoteNode> above, Urgency urgency, CancellationToken cancellationToken);

    /// <summary>Reads an index: all of it, or what was changed since.</summary>
    /// <param name="mark">How far it was read before, in words of its own; null: not at all.</param>
    /// <param name="keep">Told all that was found, some hundred at a time.</param>
    /// <returns>How far it is read now.</returns>
    /// <exception cref="Vfs.FsException">It could not be read: NotFound, when it is there no longer.</exception>
    public abstract Task<DetailsMark> ReadAsync(
        DetailsIndex index, string? mark, Action<IReadOnlyList<DescribedNode>> keep, Urgency urgency,
        CancellationToken cancellationToken);
}

/// <summary>Something remote that tells details of many nodes.</summary>
/// <param name="Name">Remembered with what it told.</param>
public sealed record DetailsIndex(string Name);

/// <summary>How far an index was read.</summary>
/// <param name="Text">In the source's own words.</param>
/// <param name="IsWhole">Whether all of it was told, and not only what was changed.</param>
public sealed record DetailsMark(string Text, bool IsWhole);

/// <summary>Details of one node, for the revision that they name.</summary>
public sealed record DescribedNode(string RemoteId, RemoteDetails Details);
