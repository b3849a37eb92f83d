using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>POST /statistics. Source: <c>statistics.ProjectFilesStatisticsRequest</c>.</summary>
public sealed record ProjectFilesStatisticsRequest
{
    public string? ConcreteType { get; init; }
    public string? ObjectId { get; init; }

    /// <summary>Absent: true.</summary>
    public bool? FileDownloads { get; init; }
    public bool? FileUploads { get; init; }
}

public sealed record ProjectFilesStatisticsResponse
{
    public string? ConcreteType { get; init; }
    public string? ObjectId { get; init; }
    public MonthlyFilesStatistics? FileDownloads { get; init; }
    public MonthlyFilesStatistics? FileUploads { get; init; }
}

/// <summary>The twelve months before the current one, oldest first.</summary>
public sealed record MonthlyFilesStatistics
{
    /// <summary>Absent: nothing was counted.</summary>
    public DateTimeOffset? LastUpdatedOn { get; init; }
    public IReadOnlyList<FilesCountStatistics> Months { get; init; } = [];
}

/// <summary>The start belongs to the month, the end does not.</summary>
public sealed record FilesCountStatistics
{
    public DateTimeOffset? RangeStart { get; init; }
    public DateTimeOffset? RangeEnd { get; init; }
    public long? FilesCount { get; init; }
    public long? UsersCount { get; init; }
}

/// <summary>Records of statistics.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(ProjectFilesStatisticsRequest))]
[JsonSerializable(typeof(ProjectFilesStatisticsResponse))]
public sealed partial class StatisticsJson : JsonSerializerContext;
