using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>A wiki page of the first API: the text stands in it. Source: <c>wiki.WikiPage</c>.</summary>
public sealed record WikiPage
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? ModifiedBy { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? ParentWikiId { get; init; }
    public string? Title { get; init; }
    public string? Markdown { get; init; }
    [JsonConverter(typeof(AnnotationValuesConverter))]
    public IReadOnlyList<string>? AttachmentFileHandleIds { get; init; }
}

/// <summary>A wiki page of the second API: the text is a gzip file. Source: <c>v2.wiki.V2WikiPage</c>.</summary>
public sealed record V2WikiPage
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? ModifiedBy { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? ParentWikiId { get; init; }
    public string? Title { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? MarkdownFileHandleId { get; init; }
    [JsonConverter(typeof(AnnotationValuesConverter))]
    public IReadOnlyList<string>? AttachmentFileHandleIds { get; init; }
}

/// <summary>A page in the tree of its wiki; the root has no parent.</summary>
public sealed record WikiHeader
{
    public string? Id { get; init; }
    public string? Title { get; init; }
    public string? ParentId { get; init; }
}

public sealed record WikiHeaderPage
{
    public IReadOnlyList<WikiHeader> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

/// <summary>One version of a page; the first is 0.</summary>
public sealed record WikiHistorySnapshot
{
    public string? Version { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? ModifiedBy { get; init; }
}

public sealed record WikiHistoryPage
{
    public IReadOnlyList<WikiHistorySnapshot> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

/// <summary>In which order the pages of an entity's wiki are shown.</summary>
public sealed record WikiOrderHint
{
    public string? OwnerId { get; init; }
    public string? OwnerObjectType { get; init; }
    [JsonConverter(typeof(AnnotationValuesConverter))]
    public IReadOnlyList<string>? IdList { get; init; }
    public string? Etag { get; init; }
}

public sealed record WikiPageKey
{
    public string? OwnerObjectId { get; init; }
    public string? OwnerObjectType { get; init; }
    public string? WikiPageId { get; init; }
}

/// <summary>The records of wikis, source-generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(WikiPage))]
[JsonSerializable(typeof(V2WikiPage))]
[JsonSerializable(typeof(WikiHeaderPage))]
[JsonSerializable(typeof(WikiHistoryPage))]
[JsonSerializable(typeof(WikiOrderHint))]
[JsonSerializable(typeof(WikiPageKey))]
public sealed partial class WikiJson : JsonSerializerContext;
