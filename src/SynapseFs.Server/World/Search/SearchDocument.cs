namespace SynapseFs.Server.World.Search;

/// <summary>What search knows of an entity; times are Unix seconds.</summary>
internal sealed record SearchDocument
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string NodeType { get; init; }
    public required string Etag { get; init; }
    public long? ParentId { get; init; }
    public required long CreatedOn { get; init; }
    public required long CreatedBy { get; init; }
    public required long ModifiedOn { get; init; }
    public required long ModifiedBy { get; init; }

    /// <summary>Titles and texts of all wiki pages.</summary>
    public required string Description { get; init; }
    public string? Consortium { get; init; }
    public string? Diagnosis { get; init; }
    public string? Organ { get; init; }
    public string? Tissue { get; init; }
}
