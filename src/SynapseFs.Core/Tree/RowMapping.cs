using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>Between what providers say and what the store remembers.</summary>
internal static class RowMapping
{
    public static RemoteNode ToNode(NodeRow row) => new(new NodeKind(row.Kind), row.RemoteId, row.Name, row.Revision);

    public static KnownChild ToKnown(NodeRow row) =>
        new(row.Name, new NodeKind(row.Kind), row.RemoteId, row.Revision ?? string.Empty);

    public static NodeRow ToRow(InodeNumber parent, RemoteChild child, DateTimeOffset now) => new()
    {
        Parent = parent,
        Name = child.Name,
        Kind = child.Kind.Name,
        RemoteId = child.RemoteId,
        Revision = child.Revision,
        Modified = child.Modified,
        Created = child.Created,
        Details = child.Details is null ? null : ToDetails(child.Details, now),
    };

    /// <summary>
    /// The row as a listing now tells it; details that came along replace those at hand, others stay for their content's sake.
    /// </summary>
    public static NodeRow Updated(NodeRow row, RemoteChild child, DateTimeOffset now) => row with
    {
        Name = child.Name,
        Revision = child.Revision,
        Modified = child.Modified,
        Created = child.Created,
        Details = child.Details is null || IsDeeper(row.Details, child.Details)
            ? row.Details
            : KeepingLength(row.Details, ToDetails(child.Details, now)),
    };

    /// <summary>The row as a description tells it. The root stands in no listing and keeps no revision.</summary>
    /// <remarks>A time set here belongs to the content that it was set on.</remarks>
    public static NodeRow Updated(NodeRow row, NodeDetails details) => row with
    {
        LocalModified = row.LocalLength is null && row.Details is { } known && known.Content != details.Content ? null : row.LocalModified,
        Revision = row.Inode == InodeNumber.Root ? null : details.Revision,
        Modified = details.Modified,
        Created = details.Created,
        Details = KeepingLength(row.Details, details),
    };

    public static NodeDetails ToDetails(RemoteDetails details, DateTimeOffset now) => new()
    {
        Revision = details.Revision,
        Modified = details.Modified,
        Created = details.Created,
        Permissions = details.Permissions,
        Rights = details.Rights,
        Depth = details.Depth,
        Length = details.Length,
        Content = details.Content,
        LinkTarget = details.LinkTarget,
        Denied = details.Denied,
        Xattrs = details.Xattrs,
        DescribedOn = now,
        BelievedUntil = details.Lifetime is { } lifetime ? now + lifetime : null,
    };

    public static RemoteDetails ToRemote(NodeDetails details) => new()
    {
        Revision = details.Revision,
        Modified = details.Modified,
        Created = details.Created,
        Permissions = details.Permissions,
        Rights = details.Rights,
        Depth = details.Depth,
        Length = details.Length,
        Content = details.Content,
        LinkTarget = details.LinkTarget,
        Denied = details.Denied,
        Xattrs = details.Xattrs,
    };

    /// <summary>
    /// Whether nothing is known but what a listing told. The kernel believes no attributes of it, so it must not hear of their change: news
    /// that pass an answer on its way make the kernel drop that (native-notes/kernel-caches.md).
    /// </summary>
    public static bool IsUndescribed(NodeRow row, NodeType type) =>
        row is { Details: null, IsLocal: false, LocalLength: null } && type != NodeType.Directory;

    /// <summary>
    /// Whether what stood behind the name stands there no longer: then the name gets another inode. Bytes that may not be had any more
    /// count as gone, so that an inode that once had bytes never gets others.
    /// </summary>
    public static bool ReplacesContent(NodeDetails? old, NodeDetails? fresh) =>
        fresh is not null && old?.Content is { } before && fresh.Content != before;

    // What the thing itself told of this revision is not given up for what was told in bulk.
    private static bool IsDeeper(NodeDetails? old, RemoteDetails fresh) =>
        old is not null && old.Revision == fresh.Revision && old.Depth < fresh.Depth;

    // A length that was unknown until the content had been read to its end belongs to the content, not to the revision.
    private static NodeDetails KeepingLength(NodeDetails? old, NodeDetails fresh) =>
        fresh.Length is null && old?.Length is not null && old.Content == fresh.Content
            ? fresh with { Length = old.Length }
            : fresh;
}
