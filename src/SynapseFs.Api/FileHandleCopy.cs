namespace SynapseFs.Api;

/// <summary>file: POST /filehandles/copy, 1 to 100 copies.</summary>
public sealed record BatchFileHandleCopyRequest
{
    public IReadOnlyList<FileHandleCopyRequest>? CopyRequests { get; init; }
}

public sealed record FileHandleCopyRequest
{
    public FileHandleAssociation? OriginalFile { get; init; }
    public string? NewFileName { get; init; }
    public string? NewContentType { get; init; }
}

public sealed record BatchFileHandleCopyResult
{
    public IReadOnlyList<FileHandleCopyResult> CopyResults { get; init; } = [];
}

public sealed record FileHandleCopyResult
{
    public FileHandle? NewFileHandle { get; init; }
    public string? OriginalFileHandleId { get; init; }
    /// <summary>NOT_FOUND or UNAUTHORIZED.</summary>
    public string? FailureCode { get; init; }
}

/// <summary>GET /entity/{id}/filehandles.</summary>
public sealed record FileHandleResults
{
    public IReadOnlyList<FileHandle> List { get; init; } = [];
}

/// <summary>PUT /entity/{id}/version/{n}/filehandle.</summary>
public sealed record FileHandleUpdateRequest
{
    [System.Text.Json.Serialization.JsonConverter(typeof(LenientTextConverter))]
    public string? OldFileHandleId { get; init; }
    [System.Text.Json.Serialization.JsonConverter(typeof(LenientTextConverter))]
    public string? NewFileHandleId { get; init; }
}
