using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Teams;

/// <summary>Who joins and leaves teams, and who manages them. Source: TeamManagerImpl.</summary>
internal sealed class Memberships(TeamTable teams, TeamRights rights, AddressBook names, Invitations invitations, JoinRequests requests)
{
    private const string NeedsManager = "Team must have at least one team manager.";

    public TeamMember Get(long teamId, long userId) => teams.HasMember(teamId, userId)
        ? Member(teamId, userId)
        : throw ServiceException.NotFound($"Could not find member {userId} in team {teamId}");

    public TeamMemberPage List(long teamId, string prefix, bool? areManagers, OffsetPage page)
    {
        teams.Require(teamId);
        TeamMember[] results = [.. teams.Members(teamId, prefix, areManagers, page).Select(user => Member(teamId, user))];
        return new TeamMemberPage { Results = results, TotalNumberOfResults = page.Total(results.Length) };
    }

    /// <summary>Members for pairs of a team and a user; every one must be found.</summary>
    public TeamMemberList Find(IEnumerable<(long Team, long User)> pairs) => new()
    {
        List =
        [
            .. pairs.Select(pair => teams.HasMember(pair.Team, pair.User)
                ? Member(pair.Team, pair.User)
                : throw ServiceException.NotFound($"teamId: {pair.Team} memberId: {pair.User}")),
        ],
    };

    public TeamMembershipStatus Status(Caller caller, long teamId, Caller user)
    {
        var team = teams.Require(teamId);
        var isMember = teams.HasMember(teamId, user.Id);
        var isManager = rights.May(user, teamId, TeamRights.Manage);
        return new TeamMembershipStatus
        {
            TeamId = EntityShape.Text(teamId),
            UserId = user.IdText,
            IsMember = isMember,
            HasOpenInvitation = invitations.CountOpen(teamId, user.Id) > 0,
            HasOpenRequest = requests.CountOpen(teamId, user.Id) > 0,
            CanJoin = isMember || Refusal(caller, team, user) is null,
            HasUnmetAccessRequirement = rights.HasUnmet(user, teamId),
            MembershipApprovalRequired = !isManager && team.State != TeamState.Public,
            CanSendEmail = rights.May(user, teamId, TeamRights.SendMessage),
        };
    }

    /// <summary>Adds the user, unless it is in already; invitations and requests have then served their purpose.</summary>
    public void Add(Caller caller, long teamId, Caller user, long now)
    {
        var team = teams.Require(teamId);
        if (!teams.HasMember(teamId, user.Id))
        {
            if (user.IsAnonymous)
            {
                throw ServiceException.Forbidden("Anonymous user cannot join a Team.");
            }

            if (Refusal(caller, team, user) is { } reason)
            {
                throw ServiceException.Forbidden(reason);
            }

            teams.AddMember(teamId, user.Id, now);
        }

        invitations.DeleteOf(teamId, user.Id);
        requests.DeleteOf(teamId, user.Id);
    }

    public void Remove(Caller caller, long teamId, long userId)
    {
        if (caller.Id != userId && !rights.May(caller, teamId, TeamRights.Manage))
        {
            throw ServiceException.Forbidden("Cannot remove member from Team.");
        }

        if (!teams.HasMember(teamId, userId))
        {
            return;
        }

        if (teams.CountMembers(teamId, "") == 1)
        {
            throw ServiceException.Forbidden("Cannot remove the last member of a Team.");
        }

        // The fixed teams never had a manager.
        var entries = Entries(teamId, except: userId);
        if (teams.Require(teamId).CreatedBy is not null)
        {
            RequireManager(entries);
        }

        teams.RemoveMember(teamId, userId);
        rights.Acls.Put(teamId, entries);
    }

    public void SetManager(Caller caller, long teamId, long userId, bool isManager)
    {
        rights.Require(caller, teamId, TeamRights.Update);
        if (!names.Exists(userId))
        {
            throw ServiceException.NotFound($"Principal '{userId}' does not exist");
        }

        List<ResourceAccess> entries = [.. Entries(teamId, except: userId)];
        if (isManager)
        {
            entries.Add(new ResourceAccess { PrincipalId = userId, AccessType = TeamRights.Manager });
        }

        RequireManager(entries);
        rights.Acls.Put(teamId, entries);
    }

    /// <summary>Why the caller may not add the user; null: it may.</summary>
    private string? Refusal(Caller caller, TeamRow team, Caller user)
    {
        var isSelf = caller.Id == user.Id;
        var isManager = rights.May(caller, team.Id, TeamRights.Manage);
        if (!isSelf && !isManager)
        {
            return "You must be a team manager to perform this operation.";
        }

        if (!isSelf && requests.CountOpen(team.Id, user.Id) == 0)
        {
            return "The prospective member must request to join the team.";
        }

        if (isSelf && !isManager && team.State != TeamState.Public && invitations.CountOpen(team.Id, user.Id) == 0)
        {
            return "An invitation is required to join the team.";
        }

        return !rights.HasUnmet(user, team.Id) ? null
            : isSelf ? "You can't join the team until you meet the Access Requirements"
            : "Cannot add member to team because they have not met all access restrictions. Please remove the pending request and then "
                + "invite the member again. They will then be prompted to meet the requirement(s) before joining the team.";
    }

    private TeamMember Member(long teamId, long userId) => new()
    {
        TeamId = EntityShape.Text(teamId),
        Member = names.Header(userId),
        IsAdmin = rights.Acls.Get(teamId)?.ResourceAccess?.Any(
            entry => entry.PrincipalId == userId && entry.AccessType!.Contains(TeamRights.Manage)) == true,
    };

    private ResourceAccess[] Entries(long teamId, long except) =>
        [.. (rights.Acls.Get(teamId)?.ResourceAccess ?? []).Where(entry => entry.PrincipalId != except)];

    private static void RequireManager(IEnumerable<ResourceAccess> entries)
    {
        if (!entries.Any(entry => entry.AccessType!.Contains(TeamRights.Manage)))
        {
            throw ServiceException.BadRequest(NeedsManager);
        }
    }
}
