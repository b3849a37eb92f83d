namespace SynapseFs.Api;

/// <summary>GET /trashcan/view.</summary>
public sealed record TrashedEntityPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<TrashedEntity> Results { get; init; } = [];
}

public sealed record TrashedEntity
{
    public string? EntityId { get; init; }
    public string? EntityName { get; init; }
    public string? EntityType { get; init; }
    public string? DeletedByPrincipalId { get; init; }
    public DateTimeOffset? DeletedOn { get; init; }
    public string? OriginalParentId { get; init; }
}
