using SynapseFs.Store;

namespace SynapseFs.Core.Providers;

/// <summary>Something new that the remote side is to get.</summary>
public sealed record NewNode
{
    /// <summary>The remote id of its directory.</summary>
    public required string Parent { get; init; }

    public required NodeKind ParentKind { get; init; }

    /// <summary>The name as shown here.</summary>
    public required string Name { get; init; }

    /// <summary>For a file.</summary>
    public LocalContent? Content { get; init; }

    /// <summary>For a symbolic link: the remote id that it leads to, with a version where one is pinned.</summary>
    public string? LinkTo { get; init; }
}

/// <summary>Changes of something that the remote side has, carried out together. What is null stays.</summary>
public sealed record NodeUpdate
{
    /// <summary>The directory and name that it is to have; null: it stays where the remote side has it.</summary>
    public NodePlace? Place { get; init; }

    public LocalContent? Content { get; init; }

    /// <summary>Where it was when the change was made: elsewhere by now, and a new place is refused with PlaceChanged. Null: not compared.</summary>
    public NodePlace? KnownPlace { get; init; }

    /// <summary>The id of the content that it had when the change was made: another one by now, and new content is refused with ContentChanged.</summary>
    public string? KnownContent { get; init; }

    /// <summary>
    /// The revision that it had then, where its content was never told: if that tells of another content by now, new content is refused
    /// with ContentChanged. Null: not compared.
    /// </summary>
    public string? KnownRevision { get; init; }

    /// <summary>Ids of contents that earlier calls of ours, without an answer, may have given it.</summary>
    public IReadOnlyList<string> OwnContents { get; init; } = [];

    /// <summary>Where such calls may have put it.</summary>
    public IReadOnlyList<NodePlace> OwnPlaces { get; init; } = [];

    /// <summary>
    /// Extended attributes that are to be otherwise; never together with a place or a content. One that has changed since, so that it
    /// is neither as it was nor as it is to be, refuses all with XattrsChanged.
    /// </summary>
    public XattrChanges Xattrs { get; init; } = XattrChanges.None;
}

/// <summary>A name in a directory.</summary>
/// <param name="Parent">The directory's remote id.</param>
/// <param name="Name">The name as shown here.</param>
public sealed record NodePlace(string Parent, string Name);

/// <summary>Something that the remote side is to delete.</summary>
public sealed record NodeDeletion
{
    /// <summary>The revision that was deleted here; held against what is there where no content is given.</summary>
    public string? Revision { get; init; }

    /// <summary>The content that was deleted here: another one by now refuses with ContentChanged.</summary>
    public ContentKey? Content { get; init; }

    /// <summary>Ids of contents that earlier calls of ours, without an answer, may have given it: they are no other ones.</summary>
    public IReadOnlyList<string> OwnContents { get; init; } = [];

    /// <summary>For a directory: remote ids deleted here that may still be in it or below; anything else in it refuses with NotEmpty.</summary>
    public IReadOnlySet<string> AlsoDeleted { get; init; } = new HashSet<string>();
}

/// <summary>How much a place may hold and holds. Bytes.</summary>
public sealed record StorageQuota(long? Limit, long Used);
