using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>What a view would show. Source: <c>table.ViewScope</c>.</summary>
public sealed record ViewScope
{
    /// <summary>Entities, evaluations, or entities with versions, with or without "syn".</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>entityview (also when absent), submissionview, dataset or datasetcollection.</summary>
    public string? ViewEntityType { get; init; }
    public long? ViewTypeMask { get; init; }

    /// <summary>The old way: file, project or file_and_table.</summary>
    public string? ViewType { get; init; }
}

/// <summary>POST /column/view/scope/async/start.</summary>
public sealed record ViewColumnModelRequest
{
    public string? ConcreteType { get; init; }
    public ViewScope? ViewScope { get; init; }
    public bool? IncludeDerivedAnnotations { get; init; }
    public string? NextPageToken { get; init; }
}

/// <summary>Columns for the annotations in a scope; without ids, for they are only proposed.</summary>
public sealed record ViewColumnModelResponse
{
    public string? ConcreteType { get; init; }
    public IReadOnlyList<ColumnModel> Results { get; init; } = [];
    public string? NextPageToken { get; init; }
}

/// <summary>POST /validateDefiningSql.</summary>
public sealed record ValidateDefiningSqlRequest
{
    public string? DefiningSql { get; init; }

    /// <summary>materializedview or virtualtable.</summary>
    public string? EntityType { get; init; }
}

public sealed record ValidateDefiningSqlResponse
{
    public bool IsValid { get; init; }
    public string? InvalidReason { get; init; }
}

/// <summary>What became of one row of a change that was sent to a view; no code: it was written.</summary>
public sealed record EntityUpdateResult
{
    public string? EntityId { get; init; }

    /// <summary>NOT_FOUND, UNAUTHORIZED, CONCURRENT_UPDATE, ILLEGAL_ARGUMENT or UNKNOWN.</summary>
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
}

/// <summary>Records of views.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(ViewColumnModelRequest))]
[JsonSerializable(typeof(ViewColumnModelResponse))]
[JsonSerializable(typeof(ValidateDefiningSqlRequest))]
[JsonSerializable(typeof(ValidateDefiningSqlResponse))]
public sealed partial class ViewJson : JsonSerializerContext;
