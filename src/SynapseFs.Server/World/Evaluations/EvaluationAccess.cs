using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Who may do what with a queue. Source: EvaluationPermissionsManagerImpl.</summary>
internal sealed class EvaluationAccess(EvaluationTable evaluations, ObjectAcls acls)
{
    public const string Submit = "SUBMIT";
    public const string ReadPrivate = "READ_PRIVATE_SUBMISSION";
    public const string UpdateSubmission = "UPDATE_SUBMISSION";
    public const string DeleteSubmission = "DELETE_SUBMISSION";

    /// <summary>What the maker of a queue gets.</summary>
    private static readonly string[] OwnersRights =
    [
        AccessTypes.Create, AccessTypes.Read, Submit, ReadPrivate, UpdateSubmission, AccessTypes.ChangePermissions, AccessTypes.Update,
        AccessTypes.Delete, DeleteSubmission,
    ];

    public static string CheckType(string type) =>
        AccessTypes.All.Contains(type) || AccessTypes.Harmless.Contains(type)
            ? type
            : throw ServiceException.BadRequest(Unknown(type));

    public bool May(Caller caller, long id, string access) => Refusal(caller, id, access) is null;

    /// <summary>Refuses without saying whether there is such a queue, as calls about submissions do.</summary>
    public void RequireRight(Caller caller, long id, string access)
    {
        if (Refusal(caller, id, access) is { } reason)
        {
            throw ServiceException.Forbidden(reason);
        }
    }

    /// <summary>The id of an evaluation in a path. What is no number names none: Synapse asks its database and finds nothing.</summary>
    public static long ParseId(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Absent(text);

    public EvaluationRow Require(Caller caller, long id, string access)
    {
        var row = evaluations.Get(id) ?? throw Absent(string.Create(CultureInfo.InvariantCulture, $"{id}"));
        return May(caller, id, access)
            ? row
            : throw ServiceException.Forbidden($"User {caller.Id} is not authorized to {access} evaluation {id} ({row.Name})");
    }

    public UserEvaluationPermissions Permissions(Caller caller, long id)
    {
        var row = Existing(id);
        return new UserEvaluationPermissions
        {
            OwnerPrincipalId = row.OwnerId,
            CanPublicRead = May(Caller.Nobody, id, AccessTypes.Read),
            CanView = May(caller, id, AccessTypes.Read),
            CanEdit = May(caller, id, AccessTypes.Update),
            CanDelete = May(caller, id, AccessTypes.Delete),
            CanChangePermissions = May(caller, id, AccessTypes.ChangePermissions),
            CanSubmit = May(caller, id, Submit),
            CanViewPrivateSubmissionStatusAnnotations = May(caller, id, ReadPrivate),
            CanEditSubmissionStatuses = May(caller, id, UpdateSubmission),
            CanDeleteSubmissions = May(caller, id, DeleteSubmission),
        };
    }

    public void Begin(EvaluationRow row) =>
        acls.Put(row.Id, [new ResourceAccess { PrincipalId = row.OwnerId, AccessType = OwnersRights }]);

    public void End(long id) => acls.Delete(id);

    public AccessControlList Acl(Caller caller, long id)
    {
        Existing(id);
        RequireRight(caller, id, AccessTypes.Read);
        return acls.Get(id)!;
    }

    public AccessControlList Replace(Caller caller, AccessControlList body)
    {
        if (string.IsNullOrEmpty(body.Id))
        {
            throw ServiceException.BadRequest("ACL's evaluation ID must not be null or empty.");
        }

        var id = EntityIds.ParseNumber(body.Id, "evaluation ID");
        var row = Existing(id);
        RequireRight(caller, id, AccessTypes.ChangePermissions);
        var entries = body.ResourceAccess ?? [];
        foreach (var entry in entries)
        {
            CheckEntry(entry);
        }

        AclRules.RequireControl(caller, entries, row.OwnerId);
        return acls.Replace(id, body);
    }

    private EvaluationRow Existing(long id) =>
        evaluations.Get(id) ?? throw ServiceException.NotFound($"Evaluation of ID {id} does not exist yet.");

    private string? Refusal(Caller caller, long id, string access)
    {
        if (caller.IsAnonymous && access != AccessTypes.Read)
        {
            return "Anonymous user is not allowed to access Evaluation.";
        }

        return acls.Grants(id, caller, access) ? null : $"User lacks {access} access to Evaluation {EntityShape.Text(id)}";
    }

    private static void CheckEntry(ResourceAccess? entry)
    {
        AclRules.CheckEntry(entry, Unknown);
        if (entry!.PrincipalId == Principals.AuthenticatedUsers && entry.AccessType!.Any(type => type != AccessTypes.Read))
        {
            throw ServiceException.BadRequest(
                "Only read access on an evaluation can be granted to all authenticated Synapse users.");
        }
    }

    private static string Unknown(string type) => $"Unknown access type: {type}";

    private static ServiceException Absent(string id) => ServiceException.NotFound($"Evaluation could not be found with id :{id}");
}
