using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.Tree;

/// <summary>How GET /projects narrows and orders. Source: UserProfileManagerImpl.</summary>
internal sealed record ProjectQuery(string Filter, long? TeamId, bool ByName, bool IsDescending)
{
    public const string Created = "CREATED";
    public const string Participated = "PARTICIPATED";
    private const string Team = "TEAM";

    public static ProjectQuery Parse(string? filter, string? team, string? sort, string? direction)
    {
        var query = new ProjectQuery(
            Check(filter, "ALL", "ALL", Created, Participated, Team),
            team is null ? null : EntityIds.ParseNumber(team, "teamId"),
            Check(sort, "LAST_ACTIVITY", "LAST_ACTIVITY", "PROJECT_NAME") == "PROJECT_NAME",
            Check(direction, "DESC", "ASC", "DESC") == "DESC");
        return query.TeamId is null || query.Filter == Team
            ? query
            : throw ServiceException.BadRequest("Cannot specify 'teamId' when filter is not TEAM.");
    }

    /// <summary>With whom the projects must be shared by name: the user and its teams, as the filter says.</summary>
    public IReadOnlyList<long> Principals(long user, IReadOnlyList<long> teams)
    {
        if (Filter != Team)
        {
            return [user, .. teams];
        }

        if (TeamId is not { } team)
        {
            return teams;
        }

        return teams.Contains(team) ? [team] : throw ServiceException.BadRequest($"User {user} is not a member of team {team}");
    }

    private static string Check(string? text, string otherwise, params string[] allowed) =>
        text is null ? otherwise
        : allowed.Contains(text) ? text
        : throw ServiceException.BadRequest($"Unknown value: {text}; expected one of {string.Join(", ", allowed)}");
}
