using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>POST /search. Source: <c>search.query.SearchQuery</c>.</summary>
public sealed record SearchQuery
{
    public IReadOnlyList<string?>? QueryTerm { get; init; }
    public IReadOnlyList<SearchKeyValue?>? BooleanQuery { get; init; }
    public IReadOnlyList<SearchKeyRange?>? RangeQuery { get; init; }
    public IReadOnlyList<SearchFacetOption?>? FacetOptions { get; init; }
    public IReadOnlyList<string?>? ReturnFields { get; init; }
    public long? Start { get; init; }
    public long? Size { get; init; }
}

public sealed record SearchKeyValue
{
    public string? Key { get; init; }
    public string? Value { get; init; }
    public bool? Not { get; init; }
}

/// <summary>Both ends belong to the range; one may be absent.</summary>
public sealed record SearchKeyRange
{
    public string? Key { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Min { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Max { get; init; }
}

public sealed record SearchFacetOption
{
    public string? Name { get; init; }
    public long? MaxResultCount { get; init; }

    /// <summary>COUNT or ALPHA.</summary>
    public string? SortType { get; init; }
}

public sealed record SearchResults
{
    public long? Found { get; init; }
    public long? Start { get; init; }
    public IReadOnlyList<SearchHit> Hits { get; init; } = [];
    public IReadOnlyList<SearchFacet> Facets { get; init; } = [];
}

/// <summary>Times are Unix seconds.</summary>
public sealed record SearchHit
{
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public string? Name { get; init; }
    public string? Alias { get; init; }
    public EntityPath? Path { get; init; }
    public string? Description { get; init; }
    [JsonPropertyName("node_type")]
    public string? NodeType { get; init; }
    [JsonPropertyName("created_on")]
    public long? CreatedOn { get; init; }
    [JsonPropertyName("modified_on")]
    public long? ModifiedOn { get; init; }
    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }
    [JsonPropertyName("modified_by")]
    public string? ModifiedBy { get; init; }
    public string? Diagnosis { get; init; }
    public string? Tissue { get; init; }
    public string? Consortium { get; init; }
    public string? Organ { get; init; }
}

public sealed record SearchFacet
{
    public string? Name { get; init; }

    /// <summary>LITERAL or CONTINUOUS.</summary>
    public string? Type { get; init; }
    public IReadOnlyList<SearchFacetConstraint> Constraints { get; init; } = [];
}

public sealed record SearchFacetConstraint
{
    public string? Value { get; init; }
    public long? Count { get; init; }
}

/// <summary>Records of search.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(SearchQuery))]
[JsonSerializable(typeof(SearchResults))]
public sealed partial class SearchJson : JsonSerializerContext;
