using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Storage;

/// <summary>
/// How much a project holds at each storage location, and how much it may. Counted anew when something has changed, but so that a
/// big project is not counted for more than a twentieth of the time. All uses are within transactions, under the database's lock.
/// </summary>
internal sealed class StorageUsage(
    Database database, ChangeLog changes, Nodes nodes, Access access, ProjectSettings settings, ServerOptions options, TimeProvider time)
{
    private const int Patience = 20;
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<long, Count> _counts = [];

    /// <summary>For those who may add to the project and for the plan managers.</summary>
    public ProjectStorageUsage Of(Caller caller, long projectId)
    {
        var standing = access.Examine(caller, projectId);
        RequireProject(standing.Node);
        if (!IsPlanManager(caller))
        {
            standing.Require(AccessTypes.Create);
        }

        var locations = settings.Find(projectId)?.Locations ?? [StorageLocations.Default];
        return new ProjectStorageUsage
        {
            ProjectId = EntityIds.Text(projectId),
            Locations = [.. locations.Select(location => Of(projectId, location))],
        };
    }

    public ProjectStorageLocationUsage Of(long projectId, long locationId)
    {
        var used = Counted(projectId).GetValueOrDefault(locationId);
        var limit = Limit(projectId, locationId);
        return new ProjectStorageLocationUsage
        {
            StorageLocationId = locationId,
            SumFileBytes = used,
            MaxAllowedFileBytes = limit,
            IsOverLimit = used > limit,
        };
    }

    public ProjectStorageLocationLimit SetLimit(Caller caller, long projectId, ProjectStorageLocationLimit body)
    {
        if (!IsPlanManager(caller))
        {
            throw ServiceException.Forbidden("Only members of the plan managers team can set the storage limit of a project.");
        }

        if (body.ProjectId is null || EntityIds.Parse(body.ProjectId) != projectId)
        {
            throw ServiceException.BadRequest("The projectId in the path must match the projectId in the body.");
        }

        RequireProject(access.Examine(caller, projectId).Node);
        var location = body.StorageLocationId ?? throw ServiceException.BadRequest("The storageLocationId is required.");
        var limit = body.MaxAllowedFileBytes ?? throw ServiceException.BadRequest("The maxAllowedFileBytes is required.");
        if (limit < 0)
        {
            throw ServiceException.BadRequest("The maxAllowedFileBytes must not be negative.");
        }

        database.Execute(
            "INSERT OR REPLACE INTO project_limits (project_id, location_id, max_bytes) VALUES (@0, @1, @2)", projectId, location, limit);
        return new ProjectStorageLocationLimit
        {
            ProjectId = EntityIds.Text(projectId),
            StorageLocationId = location,
            MaxAllowedFileBytes = limit,
        };
    }

    /// <summary>Refuses a file whose location has taken more of this project than it may.</summary>
    public void RequireRoom(long parentId, long? locationId)
    {
        var location = locationId ?? StorageLocations.Default;
        if (ProjectOf(parentId) is { } project && Limit(project, location) is { } limit
            && Counted(project).GetValueOrDefault(location) > limit)
        {
            throw new ServiceException(
                ServiceError.BadRequest,
                $"The project {EntityIds.Text(project)} exceeds its limit of {limit} bytes in the storage location {location}.")
            {
                Code = "PROJECT_STORAGE_LIMIT_EXCEEDED",
            };
        }
    }

    /// <summary>The project that the node stands in; null: none, or there is no such node.</summary>
    public long? ProjectOf(long nodeId) =>
        nodes.Lineage(nodeId).Steps.FirstOrDefault(step => step.Kind == EntityKind.Project)?.Id;

    private bool IsPlanManager(Caller caller) =>
        options.PlanManagers.Contains(caller.Id) || caller.Groups.Contains(Principals.Administrators);

    private long? Limit(long projectId, long locationId) =>
        database.Number("SELECT max_bytes FROM project_limits WHERE project_id = @0 AND location_id = @1", projectId, locationId)
        ?? (locationId == StorageLocations.Default ? options.ProjectStorageLimit : null);

    private Dictionary<long, long> Counted(long projectId)
    {
        var newest = changes.Newest;
        var now = time.GetTimestamp();
        if (_counts.TryGetValue(projectId, out var known)
            && (known.Change == newest || (known.Cost > Cheap && time.GetElapsedTime(known.At, now) < known.Cost * Patience)))
        {
            return known.Bytes;
        }

        var bytes = CountAll(projectId);
        _counts[projectId] = new Count(newest, now, time.GetElapsedTime(now), bytes);
        return bytes;
    }

    // All versions count; a content that several share counts once. Declared sizes are anybody's numbers: their sum may not overflow.
    private Dictionary<long, long> CountAll(long projectId) => database.Query(
        "WITH RECURSIVE down (id) AS (SELECT @0 UNION ALL SELECT n.id FROM nodes n JOIN down ON n.parent_id = down.id), "
        + "held (id) AS (SELECT DISTINCT v.file_handle_id FROM down JOIN versions v ON v.node_id = down.id) "
        + "SELECT coalesce(f.document ->> '$.storageLocationId', 1), total(max(f.document ->> '$.contentSize', 0)) "
        + "FROM held JOIN file_handles f ON f.id = held.id GROUP BY 1",
        row => (Location: row.GetInt64(0), Bytes: (long)Math.Min(row.GetDouble(1), long.MaxValue / 2)), projectId)
        .ToDictionary(pair => pair.Location, pair => pair.Bytes);

    private static void RequireProject(NodeRow node)
    {
        if (node.Kind != EntityKind.Project)
        {
            throw ServiceException.BadRequest($"{node.IdText} is not a project.");
        }
    }

    private sealed record Count(long Change, long At, TimeSpan Cost, Dictionary<long, long> Bytes);
}
