using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Requirements;

/// <summary>Whether an entity's data is open to all who may read it. Source: ObjectTypeManagerImpl.</summary>
internal sealed class DataTypes(Restrictions restrictions, Access access, TimeProvider time)
{
    private const string Open = "OPEN_DATA";
    private const string Sensitive = "SENSITIVE_DATA";

    public DataTypeResponse Set(Caller caller, long id, string? type)
    {
        if (type is not (Open or Sensitive))
        {
            throw ServiceException.BadRequest($"Unknown DataType: {type}; expected {Sensitive} or {Open}");
        }

        var standing = access.Find(caller, id);
        if (!caller.IsCompliance && type == Open)
        {
            throw ServiceException.Forbidden(
                "Must be a member of the 'Synapse Access and Compliance Team' to change an object's DataType to: OPEN_DATA");
        }

        if (!caller.IsCompliance && standing?.May(AccessTypes.Update) != true)
        {
            throw ServiceException.Forbidden($"Must have UPDATE permission to change an object's DataType to : {type}");
        }

        if (standing is null)
        {
            throw ServiceException.NotFound($"Resource: '{EntityIds.Text(id)}' does not exist");
        }

        restrictions.SetOpenData(id, type == Open, caller);
        return new DataTypeResponse
        {
            ObjectId = standing.Node.IdText,
            ObjectType = "ENTITY",
            DataType = type,
            UpdatedBy = caller.IdText,
            UpdatedOn = EntityShape.Date(time.GetUtcNow().ToUnixTimeMilliseconds()),
        };
    }
}
