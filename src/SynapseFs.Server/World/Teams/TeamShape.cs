using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Teams;

/// <summary>Rows to the records of the wire.</summary>
internal static class TeamShape
{
    public static Team Of(TeamRow row) => new()
    {
        Id = EntityShape.Text(row.Id),
        Name = row.Name,
        Description = row.Description,
        Icon = row.Icon is { } icon ? EntityShape.Text(icon) : null,
        CanPublicJoin = row.State == TeamState.Public,
        CanRequestMembership = row.State == TeamState.Open,
        Etag = row.Etag,
        CreatedOn = EntityShape.Date(row.CreatedOn),
        ModifiedOn = EntityShape.Date(row.ModifiedOn),
        CreatedBy = row.CreatedBy is { } creator ? EntityShape.Text(creator) : null,
        ModifiedBy = row.ModifiedBy is { } modifier ? EntityShape.Text(modifier) : null,
    };
}
