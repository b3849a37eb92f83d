using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>file: POST /file/bulk/async/start: many files in one zip.</summary>
public sealed record BulkFileDownloadRequest
{
    public const string Type = "org.sagebionetworks.repo.model.file.BulkFileDownloadRequest";

    public string? ConcreteType { get; init; }
    public IReadOnlyList<FileHandleAssociation>? RequestedFiles { get; init; }
    public string? ZipFileName { get; init; }

    /// <summary>CommandLineCache, also when absent, or Flat.</summary>
    public string? ZipFileFormat { get; init; }
}

public sealed record BulkFileDownloadResponse
{
    public const string Type = "org.sagebionetworks.repo.model.file.BulkFileDownloadResponse";

    public string? ConcreteType { get; init; }
    public string? UserId { get; init; }

    /// <summary>Absent when no file could be packed.</summary>
    public string? ResultZipFileHandleId { get; init; }
    public IReadOnlyList<FileDownloadSummary> FileSummary { get; init; } = [];
}

public sealed record FileDownloadSummary
{
    public string? FileHandleId { get; init; }
    public string? AssociateObjectId { get; init; }
    public string? AssociateObjectType { get; init; }
    public string? ZipEntryName { get; init; }

    /// <summary>SUCCESS or FAILURE.</summary>
    public string? Status { get; init; }
    public string? FailureMessage { get; init; }

    /// <summary>NOT_FOUND, UNAUTHORIZED, DUPLICATE, EXCEEDS_SIZE_LIMIT or UNKNOWN_ERROR.</summary>
    public string? FailureCode { get; init; }
}

/// <summary>file: POST /fileHandle/restore/async/start, 1 to 1,000 handles.</summary>
public sealed record FileHandleRestoreRequest
{
    public const string Type = "org.sagebionetworks.repo.model.file.FileHandleRestoreRequest";

    public string? ConcreteType { get; init; }
    public IReadOnlyList<string>? FileHandleIds { get; init; }
}

public sealed record FileHandleRestoreResponse
{
    public const string Type = "org.sagebionetworks.repo.model.file.FileHandleRestoreResponse";

    public string? ConcreteType { get; init; }
    public IReadOnlyList<FileHandleRestoreResult> RestoreResults { get; init; } = [];
}

public sealed record FileHandleRestoreResult
{
    public string? FileHandleId { get; init; }

    /// <summary>NOT_FOUND, UNAUTHORIZED, FAILED, NO_ACTION, RESTORED or RESTORING.</summary>
    public string? Status { get; init; }
    public string? StatusMessage { get; init; }
}

/// <summary>Records of the jobs of the file service.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(BulkFileDownloadRequest))]
[JsonSerializable(typeof(BulkFileDownloadResponse))]
[JsonSerializable(typeof(FileHandleRestoreRequest))]
[JsonSerializable(typeof(FileHandleRestoreResponse))]
public sealed partial class FileJobJson : JsonSerializerContext;
