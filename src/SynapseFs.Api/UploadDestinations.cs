namespace SynapseFs.Api;

/// <summary>file: GET /entity/{id}/uploadDestinationLocations; the first is the default.</summary>
public sealed record UploadDestinationLocationList
{
    public IReadOnlyList<UploadDestinationLocation> List { get; init; } = [];
}

public sealed record UploadDestinationLocation
{
    public long? StorageLocationId { get; init; }
    public string? Description { get; init; }
    public string? UploadType { get; init; }
}

/// <summary>file: GET /entity/{id}/uploadDestinations.</summary>
public sealed record UploadDestinationList
{
    public IReadOnlyList<UploadDestination> List { get; init; } = [];
}
