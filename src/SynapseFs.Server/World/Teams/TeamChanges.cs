using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Teams;

/// <summary>Teams begin, change and end. Source: TeamManagerImpl.</summary>
internal sealed class TeamChanges(Database database, TeamTable teams, TeamRights rights, AddressBook names, FileHandles fileHandles)
{
    public TeamRow Create(Caller caller, Team body, long now)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous user cannot create Team.");
        }

        RefuseReadOnly(body);
        var name = RequireName(body, except: null);
        var row = new TeamRow
        {
            Id = database.Next("user", Principals.FirstUser),
            Name = name,
            Description = body.Description,
            Icon = Icon(caller, body.Icon, known: null),
            State = TeamState.Of(body.CanPublicJoin, body.CanRequestMembership),
            Etag = Guid.NewGuid().ToString(),
            CreatedOn = now,
            CreatedBy = caller.Id,
            ModifiedOn = now,
            ModifiedBy = caller.Id,
        };
        teams.Insert(row);
        teams.AddMember(row.Id, caller.Id, now);
        rights.Acls.Put(row.Id,
        [
            new ResourceAccess { PrincipalId = caller.Id, AccessType = TeamRights.Manager },
            new ResourceAccess { PrincipalId = row.Id, AccessType = TeamRights.Messenger },
            new ResourceAccess { PrincipalId = Principals.AuthenticatedUsers, AccessType = TeamRights.Messenger },
        ]);
        return row;
    }

    public TeamRow Update(Caller caller, Team body, long now)
    {
        var id = EntityIds.ParseNumber(body.Id ?? throw ServiceException.BadRequest("'id' field is missing."), "id");
        rights.Require(caller, id, TeamRights.Update);
        if (body.Etag is null)
        {
            throw ServiceException.BadRequest("'etag' field is missing.");
        }

        var known = teams.Require(id);
        var name = RequireName(body, except: id);
        var icon = Icon(caller, body.Icon, known.Icon);
        if (body.Etag != known.Etag)
        {
            throw ServiceException.Stale($"Team {id} was updated since you last fetched it, retrieve it again and re-apply the update");
        }

        var changed = known with
        {
            Name = name,
            Description = body.Description,
            Icon = icon,
            State = TeamState.Of(body.CanPublicJoin, body.CanRequestMembership),
            Etag = Guid.NewGuid().ToString(),
            ModifiedOn = now,
            ModifiedBy = caller.Id,
        };
        teams.Update(changed);
        return changed;
    }

    /// <summary>An unknown team is as good as deleted.</summary>
    public void Delete(Caller caller, long id)
    {
        if (teams.Get(id) is not { } team)
        {
            return;
        }

        rights.Require(caller, id, TeamRights.Delete);
        if (teams.IsShared(id))
        {
            throw ServiceException.BadRequest(
                $"Can't delete the team {team.Name} (ID: {id}), most likely because it is referenced by a submission, or an entity is "
                + "shared with it. Contact the administrator of the submission queue to delete the submission, or unshare the entity.");
        }

        rights.Acls.Delete(id);
        teams.Delete(id);
    }

    public AccessControlList Acl(Caller caller, long id)
    {
        rights.Require(caller, id, TeamRights.Read);
        return rights.Acls.Get(id) ?? throw ServiceException.NotFound($"Team id: '{id}' does not exist");
    }

    public AccessControlList UpdateAcl(Caller caller, AccessControlList body)
    {
        var id = EntityIds.ParseNumber(body.Id ?? throw ServiceException.BadRequest("ACL id is required."), "id");
        rights.Require(caller, id, TeamRights.Update);
        foreach (var entry in body.ResourceAccess ?? [])
        {
            if (entry is not { PrincipalId: { } principal, AccessType: { } types })
            {
                throw ServiceException.BadRequest("Group ID is null");
            }

            if (!names.Exists(principal))
            {
                throw ServiceException.BadRequest($"Principal '{principal}' does not exist");
            }

            if (types.FirstOrDefault(type => !AccessTypes.All.Contains(type) && !AccessTypes.Harmless.Contains(type)) is { } odd)
            {
                throw ServiceException.BadRequest($"The access type {odd} is not allowed for TEAM.");
            }
        }

        return rights.Acls.Replace(id, body);
    }

    /// <summary>The icon's file handle.</summary>
    public FileHandleRow RequireIcon(long id) =>
        teams.Require(id).Icon is { } icon && fileHandles.Get(icon) is { } handle
            ? handle
            : throw ServiceException.NotFound($"Team {id} has no icon file handle.");

    /// <summary>Whether the handle is the icon of the team: icons are for everyone.</summary>
    public bool HasIcon(Caller caller, FileHandleRow handle, string teamId) =>
        long.TryParse(teamId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && teams.Get(id)?.Icon == handle.Id;

    private static void RefuseReadOnly(Team body)
    {
        var field = body.CreatedBy is not null ? "createdBy"
            : body.CreatedOn is not null ? "createdOn"
            : body.Etag is not null ? "etag"
            : body.Id is not null ? "id"
            : body.ModifiedBy is not null ? "modifiedBy"
            : body.ModifiedOn is not null ? "modifiedOn"
            : null;
        if (field is not null)
        {
            throw ServiceException.BadRequest($"'{field}' field is not user specifiable.");
        }
    }

    private string RequireName(Team body, long? except)
    {
        var name = body.Name ?? throw ServiceException.BadRequest("'name' field is required.");
        names.RequireFree(name, except, $"Name {name} is already used.");
        AliasRules.Require(name, AliasRules.TeamName);
        return name;
    }

    private long? Icon(Caller caller, string? asked, long? known)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return null;
        }

        var id = EntityIds.ParseNumber(asked, "icon");
        if (id == known)
        {
            return id;
        }

        var handle = fileHandles.Get(id) ?? throw ServiceException.NotFound($"The file handle {id} does not exist");
        return handle.CreatedBy == caller.Id
            ? id
            : throw ServiceException.Forbidden("Only the user that uploaded the file can set it as the team icon.");
    }
}
