using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.Requirements;

/// <summary>What users ask of managed requirements: their projects, their requests, and what they submitted.</summary>
internal sealed class RequestTables(Database database)
{
    public const string Submitted = "SUBMITTED";

    public long NewId(string what) => database.Next(what, 1000001);

    public ResearchProject? Project(long id) =>
        Read(
            database.First("SELECT document FROM research_projects WHERE id = @0", row => row.GetString(0), id),
            RequirementJson.Default.ResearchProject);

    public ResearchProject? ProjectOf(long requirement, long user) => Read(
        database.First(
            "SELECT document FROM research_projects WHERE requirement_id = @0 AND user_id = @1",
            row => row.GetString(0), requirement, user),
        RequirementJson.Default.ResearchProject);

    public void Put(ResearchProject project, long requirement, long user) => database.Execute(
        "INSERT INTO research_projects (id, requirement_id, user_id, document) VALUES (@0, @1, @2, @3) "
        + "ON CONFLICT (id) DO UPDATE SET document = excluded.document",
        EntityIds.ParseNumber(project.Id, "id"), requirement, user,
        JsonSerializer.Serialize(project, RequirementJson.Default.ResearchProject));

    public AccessRequest? Request(long id) => Read(
        database.First("SELECT document FROM access_requests WHERE id = @0", row => row.GetString(0), id),
        RequirementJson.Default.AccessRequest);

    public AccessRequest? RequestOf(long requirement, long user) => Read(
        database.First(
            "SELECT document FROM access_requests WHERE requirement_id = @0 AND user_id = @1", row => row.GetString(0), requirement, user),
        RequirementJson.Default.AccessRequest);

    public void Put(AccessRequest request, long requirement, long user) => database.Execute(
        "INSERT INTO access_requests (id, requirement_id, user_id, document) VALUES (@0, @1, @2, @3) "
        + "ON CONFLICT (id) DO UPDATE SET document = excluded.document",
        EntityIds.ParseNumber(request.Id, "id"), requirement, user,
        JsonSerializer.Serialize(request, RequirementJson.Default.AccessRequest));

    public AccessSubmission RequireSubmission(long id) =>
        Read(
            database.First("SELECT document FROM access_submissions WHERE id = @0", row => row.GetString(0), id),
            RequirementJson.Default.AccessSubmission)
        ?? throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: submission {id}");

    /// <summary>The latest that the user submitted; null: none.</summary>
    public AccessSubmission? Latest(long requirement, long user) => Read(
        database.First(
            "SELECT document FROM access_submissions WHERE requirement_id = @0 AND user_id = @1 ORDER BY id DESC LIMIT 1",
            row => row.GetString(0), requirement, user),
        RequirementJson.Default.AccessSubmission);

    public bool IsWaiting(long requirement, long user) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM access_submissions WHERE requirement_id = @0 AND user_id = @1 AND state = 'SUBMITTED')",
        requirement, user) == 1;

    public void Put(AccessSubmission submission, long requirement, long user) => database.Execute(
        "INSERT INTO access_submissions (id, requirement_id, user_id, state, document) VALUES (@0, @1, @2, @3, @4) "
        + "ON CONFLICT (id) DO UPDATE SET state = excluded.state, document = excluded.document",
        EntityIds.ParseNumber(submission.Id, "id"), requirement, user, submission.State,
        JsonSerializer.Serialize(submission, RequirementJson.Default.AccessSubmission));

    public void DeleteSubmission(long id) => database.Execute("DELETE FROM access_submissions WHERE id = @0", id);

    /// <summary>In the order of their making, of one state or of all.</summary>
    public IReadOnlyList<AccessSubmission> Submissions(long requirement, string? state, PageToken page) =>
    [
        .. database.Query(
                "SELECT document FROM access_submissions WHERE requirement_id = @0 AND (@1 IS NULL OR state = @1) "
                + "ORDER BY id LIMIT @2 OFFSET @3",
                row => row.GetString(0), requirement, state, page.Fetch, page.Offset)
            .Select(text => JsonSerializer.Deserialize(text, RequirementJson.Default.AccessSubmission)!),
    ];

    /// <summary>How many wait for each requirement.</summary>
    public IReadOnlyList<OpenSubmission> Open(PageToken page) => database.Query(
        "SELECT requirement_id, count(*) FROM access_submissions WHERE state = 'SUBMITTED' GROUP BY requirement_id "
        + "ORDER BY requirement_id LIMIT @0 OFFSET @1",
        row => new OpenSubmission
        {
            AccessRequirementId = Tree.EntityShape.Text(row.GetInt64(0)),
            NumberOfSubmittedSubmission = row.GetInt64(1),
        },
        page.Fetch, page.Offset);

    private static T? Read<T>(string? text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class =>
        text is null ? null : JsonSerializer.Deserialize(text, type);
}
