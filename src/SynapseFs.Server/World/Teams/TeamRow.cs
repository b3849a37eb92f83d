namespace SynapseFs.Server.World.Teams;

internal sealed record TeamRow
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public long? Icon { get; init; }

    /// <summary>See <see cref="Rules.TeamState"/>.</summary>
    public required string State { get; init; }
    public required string Etag { get; init; }
    public required long CreatedOn { get; init; }
    public long? CreatedBy { get; init; }
    public required long ModifiedOn { get; init; }
    public long? ModifiedBy { get; init; }
}
