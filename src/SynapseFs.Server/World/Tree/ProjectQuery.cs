using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.World.Tree;

/// <summary>How GET /projects narrows and orders.</summary>
internal sealed record ProjectQuery(bool OnlyCreated, bool OnlyParticipated, bool ByName, bool IsDescending)
{
    public static ProjectQuery Parse(string? filter, string? sort, string? direction) => new(
        Check(filter, "ALL", "ALL", "CREATED", "PARTICIPATED", "TEAM") == "CREATED",
        filter == "PARTICIPATED",
        Check(sort, "LAST_ACTIVITY", "LAST_ACTIVITY", "PROJECT_NAME") == "PROJECT_NAME",
        Check(direction, "DESC", "ASC", "DESC") == "DESC");

    private static string Check(string? text, string otherwise, params string[] allowed) =>
        text is null ? otherwise
        : allowed.Contains(text) ? text
        : throw ServiceException.BadRequest($"Unknown value: {text}; expected one of {string.Join(", ", allowed)}");
}
