using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>One item of a download list: a file at a version, or, without one, at whichever is current.</summary>
public sealed record DownloadListItem
{
    public string? FileEntityId { get; init; }
    public long? VersionNumber { get; init; }
}

/// <summary>POST /download/list/add.</summary>
public sealed record AddBatchOfFilesToDownloadListRequest
{
    public IReadOnlyList<DownloadListItem>? BatchToAdd { get; init; }
}

/// <summary>POST /download/list/remove.</summary>
public sealed record RemoveBatchOfFilesFromDownloadListRequest
{
    public IReadOnlyList<DownloadListItem>? BatchToRemove { get; init; }
}

public sealed record RemoveBatchOfFilesFromDownloadListResponse
{
    public long? NumberOfFilesRemoved { get; init; }
}

/// <summary>Either what a query of a view yields or what lies in a container or dataset.</summary>
public sealed record AddToDownloadListRequest
{
    public const string Type = "org.sagebionetworks.repo.model.download.AddToDownloadListRequest";

    public string? ConcreteType { get; init; }

    /// <summary>A <c>table.Query</c>.</summary>
    public TableQuery? Query { get; init; }
    public string? ParentId { get; init; }

    /// <summary>Whether the items name the versions that are current now; absent: they do.</summary>
    public bool? UseVersionNumber { get; init; }

    /// <summary>Whether folders below the parent count as well.</summary>
    public bool? Recursive { get; init; }
}

public sealed record AddToDownloadListResponse
{
    public string? ConcreteType { get; init; }
    public long? NumberOfFilesAdded { get; init; }
}

/// <summary>What an addition would add.</summary>
public sealed record AddToDownloadListStatsRequest
{
    public const string Type = "org.sagebionetworks.repo.model.download.AddToDownloadListStatsRequest";

    public string? ConcreteType { get; init; }
    public AddToDownloadListRequest? Request { get; init; }
}

public sealed record AddToDownloadListStatsResponse
{
    public long? FileCount { get; init; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }
    public bool? IsFileCountAndSizeEstimate { get; init; }
}

public sealed record DownloadListQueryRequest
{
    public const string Type = "org.sagebionetworks.repo.model.download.DownloadListQueryRequest";

    public string? ConcreteType { get; init; }
    public QueryRequestDetails? RequestDetails { get; init; }
}

/// <summary>AvailableFilesRequest, FilesStatisticsRequest or ActionRequiredRequest.</summary>
public sealed record QueryRequestDetails
{
    public string? ConcreteType { get; init; }

    /// <summary>eligibleForPackaging, ineligibleForPackaging or absent.</summary>
    public string? Filter { get; init; }
    public IReadOnlyList<DownloadListSort>? Sort { get; init; }
    public string? NextPageToken { get; init; }
}

public sealed record DownloadListSort
{
    public string? Field { get; init; }

    /// <summary>ASC or DESC.</summary>
    public string? Direction { get; init; }
}

public sealed record DownloadListQueryResponse
{
    public string? ConcreteType { get; init; }
    public QueryResponseDetails? ResponseDetails { get; init; }
}

/// <summary>AvailableFilesResponse, FilesStatisticsResponse or ActionRequiredResponse.</summary>
[JsonDerivedType(typeof(AvailableFilesResponse))]
[JsonDerivedType(typeof(FilesStatisticsResponse))]
[JsonDerivedType(typeof(ActionRequiredResponse))]
public abstract record QueryResponseDetails
{
    public string? ConcreteType { get; init; }
}

public sealed record AvailableFilesResponse : QueryResponseDetails
{
    public IReadOnlyList<DownloadListItemResult> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record FilesStatisticsResponse : QueryResponseDetails
{
    public long? TotalNumberOfFiles { get; init; }
    public long? NumberOfFilesAvailableForDownload { get; init; }
    public long? NumberOfFilesAvailableForDownloadAndEligibleForPackaging { get; init; }
    public long? NumberOfFilesRequiringAction { get; init; }
    public long? SumOfFileSizesAvailableForDownload { get; init; }
}

public sealed record ActionRequiredResponse : QueryResponseDetails
{
    public IReadOnlyList<ActionRequiredCount> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record ActionRequiredCount
{
    public ActionRequired? Action { get; init; }
    public long? Count { get; init; }
}

public sealed record DownloadListItemResult
{
    public string? FileEntityId { get; init; }
    public long? VersionNumber { get; init; }
    public string? FileName { get; init; }
    public DateTimeOffset? AddedOn { get; init; }
    public string? ProjectId { get; init; }
    public string? ProjectName { get; init; }
    public string? CreatedBy { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public long? FileSizeBytes { get; init; }
    public bool? IsEligibleForPackaging { get; init; }
    public string? FileHandleId { get; init; }
}

public sealed record DownloadListPackageRequest
{
    public const string Type = "org.sagebionetworks.repo.model.download.DownloadListPackageRequest";

    public string? ConcreteType { get; init; }
    public string? ZipFileName { get; init; }
    public bool? IncludeManifest { get; init; }
    public CsvTableDescriptor? CsvTableDescriptor { get; init; }
}

public sealed record DownloadListManifestRequest
{
    public const string Type = "org.sagebionetworks.repo.model.download.DownloadListManifestRequest";

    public string? ConcreteType { get; init; }
    public CsvTableDescriptor? CsvTableDescriptor { get; init; }
}

/// <summary>DownloadListPackageResponse and DownloadListManifestResponse.</summary>
public sealed record DownloadListFileResponse
{
    public string? ConcreteType { get; init; }
    public string? ResultFileHandleId { get; init; }
}

/// <summary>Records of download lists.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(AddBatchOfFilesToDownloadListRequest))]
[JsonSerializable(typeof(RemoveBatchOfFilesFromDownloadListRequest))]
[JsonSerializable(typeof(RemoveBatchOfFilesFromDownloadListResponse))]
[JsonSerializable(typeof(AddToDownloadListRequest))]
[JsonSerializable(typeof(AddToDownloadListResponse))]
[JsonSerializable(typeof(AddToDownloadListStatsRequest))]
[JsonSerializable(typeof(AddToDownloadListStatsResponse))]
[JsonSerializable(typeof(DownloadListQueryRequest))]
[JsonSerializable(typeof(DownloadListQueryResponse))]
[JsonSerializable(typeof(DownloadListPackageRequest))]
[JsonSerializable(typeof(DownloadListManifestRequest))]
[JsonSerializable(typeof(DownloadListFileResponse))]
public sealed partial class DownloadListJson : JsonSerializerContext;
