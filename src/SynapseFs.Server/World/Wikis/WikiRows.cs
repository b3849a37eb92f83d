namespace SynapseFs.Server.World.Wikis;

/// <summary>A page as it is now.</summary>
internal sealed record WikiPageRow
{
    public required long Id { get; init; }
    public required long RootId { get; init; }
    public long? ParentId { get; init; }
    public required string Etag { get; init; }
    public string? Title { get; init; }
    public required long Version { get; init; }
    public required long CreatedOn { get; init; }
    public required long CreatedBy { get; init; }
    public required long ModifiedOn { get; init; }
    public required long ModifiedBy { get; init; }
}

/// <summary>What a page said at one time; the files by the numbers of their handles.</summary>
internal sealed record WikiVersionRow(
    long PageId, long Number, string? Title, long MarkdownId, IReadOnlyList<long> Attachments, long ModifiedOn, long ModifiedBy);

/// <summary>The root of an owner's wiki and the order of its pages.</summary>
internal sealed record WikiOwnerRow(long RootId, string Etag, string? OrderHint);
