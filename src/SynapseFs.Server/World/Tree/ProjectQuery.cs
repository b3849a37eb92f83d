using SynapseFs.Server.Errors;

namespace SynapseFs.Server.World.Tree;

/// <summary>How a list of projects is narrowed and ordered. The filter is ALL, CREATED, PARTICIPATED or TEAM.</summary>
internal sealed record ProjectQuery(string Filter, long? TeamId, bool ByName, bool IsDescending)
{
    public static ProjectQuery Parse(string? filter, long? teamId, string? sort, string? direction) => new(
        Check(filter, "ALL", "ALL", "CREATED", "PARTICIPATED", "TEAM"),
        teamId,
        Check(sort, "LAST_ACTIVITY", "LAST_ACTIVITY", "PROJECT_NAME") == "PROJECT_NAME",
        Check(direction, "DESC", "ASC", "DESC") == "DESC");

    private static string Check(string? text, string otherwise, params string[] allowed) =>
        text is null ? otherwise
        : allowed.Contains(text) ? text
        : throw ServiceException.BadRequest($"Unknown value: {text}; expected one of {string.Join(", ", allowed)}");
}
