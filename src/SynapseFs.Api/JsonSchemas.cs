using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>Who registers JSON schemas. Source: <c>schema.Organization</c>.</summary>
public sealed record SchemaOrganization
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
}

public sealed record CreateOrganizationRequest
{
    public string? OrganizationName { get; init; }
}

/// <summary>POST /schema/organization/list, /schema/list and /schema/version/list; the last two name an organization.</summary>
public sealed record SchemaListRequest
{
    public string? OrganizationName { get; init; }
    public string? SchemaName { get; init; }
    public string? NextPageToken { get; init; }
}

public sealed record OrganizationList
{
    public IReadOnlyList<SchemaOrganization> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record JsonSchemaInfo
{
    public string? OrganizationId { get; init; }
    public string? OrganizationName { get; init; }
    public string? SchemaId { get; init; }
    public string? SchemaName { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
}

public sealed record JsonSchemaInfoList
{
    public IReadOnlyList<JsonSchemaInfo> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record JsonSchemaVersionInfo
{
    public string? OrganizationId { get; init; }
    public string? OrganizationName { get; init; }
    public string? SchemaId { get; init; }
    public string? SchemaName { get; init; }
    public string? VersionId { get; init; }
    [JsonPropertyName("$id")]
    public string? Id { get; init; }
    public string? SemanticVersion { get; init; }
    [JsonPropertyName("jsonSHA256Hex")]
    public string? JsonSha256Hex { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
}

public sealed record JsonSchemaVersionInfoList
{
    public IReadOnlyList<JsonSchemaVersionInfo> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
}

/// <summary>Job: registers a schema, or only tries to.</summary>
public sealed record CreateSchemaRequest
{
    public const string Type = "org.sagebionetworks.repo.model.schema.CreateSchemaRequest";

    public string? ConcreteType { get; init; }
    public JsonElement? Schema { get; init; }
    public bool? DryRun { get; init; }
}

public sealed record CreateSchemaResponse
{
    public string? ConcreteType { get; init; }
    public JsonSchemaVersionInfo? NewVersionInfo { get; init; }
    public JsonElement? ValidationSchema { get; init; }
}

/// <summary>Job: a registered schema with all that it refers to.</summary>
public sealed record GetValidationSchemaRequest
{
    public const string Type = "org.sagebionetworks.repo.model.schema.GetValidationSchemaRequest";

    public string? ConcreteType { get; init; }
    [JsonPropertyName("$id")]
    public string? Id { get; init; }
}

public sealed record GetValidationSchemaResponse
{
    public string? ConcreteType { get; init; }
    public JsonElement? ValidationSchema { get; init; }
}

public sealed record BindSchemaRequest
{
    public string? EntityId { get; init; }
    [JsonPropertyName("schema$id")]
    public string? SchemaId { get; init; }
    public bool? EnableDerivedAnnotations { get; init; }
}

/// <summary>Which schema holds for an entity, and at which entity that was said.</summary>
public sealed record JsonSchemaObjectBinding
{
    public JsonSchemaVersionInfo? JsonSchemaVersionInfo { get; init; }
    public long? ObjectId { get; init; }
    public string? ObjectType { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
    public bool? EnableDerivedAnnotations { get; init; }
}

/// <summary>What validation found of one entity; out of date when the etag is not the entity's.</summary>
public sealed record ValidationResults
{
    public string? ObjectId { get; init; }
    public string? ObjectType { get; init; }
    public string? ObjectEtag { get; init; }
    [JsonPropertyName("schema$id")]
    public string? SchemaId { get; init; }
    public bool? IsValid { get; init; }
    public DateTimeOffset? ValidatedOn { get; init; }
    public string? ValidationErrorMessage { get; init; }
    public IReadOnlyList<string>? AllValidationMessages { get; init; }
    public SchemaViolation? ValidationException { get; init; }
}

/// <summary>A violation and those that caused it. Source: <c>schema.ValidationException</c>.</summary>
public sealed record SchemaViolation
{
    public string? Keyword { get; init; }

    /// <summary>Where in the instance, as a JSON pointer: <c>#/tissue</c>.</summary>
    public string PointerToViolation { get; init; } = "#";
    public string? Message { get; init; }
    public string? SchemaLocation { get; init; }
    public IReadOnlyList<SchemaViolation> CausingExceptions { get; init; } = [];
}

public sealed record ListValidationResultsRequest
{
    public string? ContainerId { get; init; }
    public string? NextPageToken { get; init; }
}

public sealed record ValidationResultsList
{
    public IReadOnlyList<ValidationResults> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record ValidationSummaryStatistics
{
    public string? ContainerId { get; init; }
    public long? TotalNumberOfChildren { get; init; }
    public long? NumberOfValidChildren { get; init; }
    public long? NumberOfInvalidChildren { get; init; }
    public long? NumberOfUnknownChildren { get; init; }
    public DateTimeOffset? GeneratedOn { get; init; }
}

/// <summary>GET /entity/{id}/derivedKeys.</summary>
public sealed record AnnotationKeys
{
    public IReadOnlyList<string> Keys { get; init; } = [];
}

/// <summary>Records of JSON schemas, source-generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(SchemaOrganization))]
[JsonSerializable(typeof(CreateOrganizationRequest))]
[JsonSerializable(typeof(SchemaListRequest))]
[JsonSerializable(typeof(OrganizationList))]
[JsonSerializable(typeof(JsonSchemaInfoList))]
[JsonSerializable(typeof(JsonSchemaVersionInfoList))]
[JsonSerializable(typeof(CreateSchemaRequest))]
[JsonSerializable(typeof(CreateSchemaResponse))]
[JsonSerializable(typeof(GetValidationSchemaRequest))]
[JsonSerializable(typeof(GetValidationSchemaResponse))]
[JsonSerializable(typeof(BindSchemaRequest))]
[JsonSerializable(typeof(JsonSchemaObjectBinding))]
[JsonSerializable(typeof(ValidationResults))]
[JsonSerializable(typeof(ListValidationResultsRequest))]
[JsonSerializable(typeof(ValidationResultsList))]
[JsonSerializable(typeof(ValidationSummaryStatistics))]
[JsonSerializable(typeof(AnnotationKeys))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class SchemaJson : JsonSerializerContext;
