namespace SynapseFs.Server.World.Schemas;

/// <summary>A version of a schema with the names that it goes by.</summary>
internal sealed record SchemaVersionRow
{
    public required long Id { get; init; }
    public required long SchemaId { get; init; }
    public required long OrganizationId { get; init; }
    public required string Organization { get; init; }
    public required string Schema { get; init; }
    public string? Semantic { get; init; }
    public required string Json { get; init; }
    public required string Sha256 { get; init; }
    public required long CreatedOn { get; init; }
    public required long CreatedBy { get; init; }

    public Rules.Schemas.SchemaId Name => new(Organization, Schema, Semantic);
}

/// <summary>What was said at one entity: the schema that holds for it and for all below it.</summary>
internal sealed record SchemaBindingRow(long NodeId, long SchemaId, long? VersionId, bool IsDerived, long CreatedOn, long CreatedBy);
