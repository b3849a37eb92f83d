using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>POST …/async/start: what to ask for with GET …/async/get/TOKEN.</summary>
public sealed record AsyncJobId
{
    public string? Token { get; init; }
}

/// <summary>The state of an asynchronous job; the 202 answer while it runs.</summary>
public sealed record AsynchronousJobStatus
{
    /// <summary>PROCESSING, COMPLETE or FAILED.</summary>
    public string? JobState { get; init; }
    public bool? JobCanceling { get; init; }
    public JsonElement? RequestBody { get; init; }
    public JsonElement? ResponseBody { get; init; }
    public string? Etag { get; init; }
    public string? JobId { get; init; }
    public long? StartedByUserId { get; init; }
    public DateTimeOffset? StartedOn { get; init; }
    public DateTimeOffset? ChangedOn { get; init; }
    public string? ProgressMessage { get; init; }
    public long? ProgressCurrent { get; init; }
    public long? ProgressTotal { get; init; }

    /// <summary>Class name of what failed it.</summary>
    public string? Exception { get; init; }
    public string? ErrorMessage { get; init; }
    public string? ErrorDetails { get; init; }

    /// <summary>Milliseconds.</summary>
    public long? RuntimeMS { get; init; }
}

/// <summary>Records of asynchronous jobs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(AsyncJobId))]
[JsonSerializable(typeof(AsynchronousJobStatus))]
public sealed partial class AsyncJobJson : JsonSerializerContext;
