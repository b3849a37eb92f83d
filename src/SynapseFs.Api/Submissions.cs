using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>An entity's version as it was submitted; immutable. Source: <c>evaluation.model.Submission</c>.</summary>
public sealed record Submission
{
    public string? Id { get; init; }
    public string? UserId { get; init; }
    public string? SubmitterAlias { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? EvaluationId { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? EvaluationRoundId { get; init; }
    public string? EntityId { get; init; }

    /// <summary>Text: the JSON of a <see cref="SubmissionEntityBundle"/>.</summary>
    [JsonPropertyName("entityBundleJSON")]
    public string? EntityBundleJson { get; init; }
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? VersionNumber { get; init; }
    public string? DockerRepositoryName { get; init; }
    public string? DockerDigest { get; init; }
    public string? Name { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? TeamId { get; init; }
    public IReadOnlyList<SubmissionContributor>? Contributors { get; init; }
}

public sealed record SubmissionContributor
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? PrincipalId { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
}

/// <summary>What is archived with a submission. Its annotations have the shape of the first API, which every client reads.</summary>
public sealed record SubmissionEntityBundle
{
    public Entity? Entity { get; init; }
    public string? EntityType { get; init; }
    public LegacyEntityAnnotations? Annotations { get; init; }
    public IReadOnlyList<FileHandle> FileHandles { get; init; } = [];
}

/// <summary>An entity's annotations as the first API showed them: a map for each type. Dates are Unix milliseconds.</summary>
public sealed record LegacyEntityAnnotations
{
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> StringAnnotations { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyDictionary<string, IReadOnlyList<long>> LongAnnotations { get; init; } = new Dictionary<string, IReadOnlyList<long>>();
    public IReadOnlyDictionary<string, IReadOnlyList<double>> DoubleAnnotations { get; init; } =
        new Dictionary<string, IReadOnlyList<double>>();
    public IReadOnlyDictionary<string, IReadOnlyList<long>> DateAnnotations { get; init; } = new Dictionary<string, IReadOnlyList<long>>();
}

/// <summary>What became of a submission. Source: <c>evaluation.model.SubmissionStatus</c>.</summary>
public sealed record SubmissionStatus
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? Status { get; init; }
    public double? Score { get; init; }
    public string? Report { get; init; }
    public SubmissionStatusAnnotations? Annotations { get; init; }
    public Annotations? SubmissionAnnotations { get; init; }
    public string? EntityId { get; init; }
    public long? VersionNumber { get; init; }
    public long? StatusVersion { get; init; }
    public bool? CanCancel { get; init; }
    public bool? CancelRequested { get; init; }
}

/// <summary>Annotations of the first kind: three lists. Source: <c>annotation.Annotations</c>.</summary>
public sealed record SubmissionStatusAnnotations
{
    public string? ObjectId { get; init; }
    public string? ScopeId { get; init; }
    public long? Version { get; init; }
    public IReadOnlyList<StatusAnnotation<string?>>? StringAnnos { get; init; }
    public IReadOnlyList<StatusAnnotation<long?>>? LongAnnos { get; init; }
    public IReadOnlyList<StatusAnnotation<double?>>? DoubleAnnos { get; init; }
}

public sealed record StatusAnnotation<T>
{
    public string? Key { get; init; }
    public bool? IsPrivate { get; init; }
    public T? Value { get; init; }
}

public sealed record SubmissionBundle
{
    public Submission? Submission { get; init; }
    public SubmissionStatus? SubmissionStatus { get; init; }
}

public sealed record SubmissionPage
{
    public IReadOnlyList<Submission> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

public sealed record SubmissionStatusPage
{
    public IReadOnlyList<SubmissionStatus> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

public sealed record SubmissionBundlePage
{
    public IReadOnlyList<SubmissionBundle> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

/// <summary>PUT /evaluation/{id}/statusBatch.</summary>
public sealed record SubmissionStatusBatch
{
    public IReadOnlyList<SubmissionStatus>? Statuses { get; init; }
    public string? BatchToken { get; init; }
    public bool? IsFirstBatch { get; init; }
    public bool? IsLastBatch { get; init; }
}

public sealed record BatchUploadResponse
{
    public string? NextUploadToken { get; init; }
}
