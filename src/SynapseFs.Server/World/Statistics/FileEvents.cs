using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Statistics;

/// <summary>
/// Downloads and uploads of files, counted by project, month and user. Source: ProjectFilesStatisticsProvider. A download is a URL handed
/// out for a file that is an entity's content; an upload is a version with content that is new to it.
/// </summary>
internal sealed class FileEvents
{
    private const string Download = "DOWNLOAD";
    private const string Upload = "UPLOAD";
    private const int Months = 12;

    private readonly Database _database;
    private readonly Nodes _nodes;
    private readonly Access _access;
    private readonly TimeProvider _time;

    public FileEvents(Database database, Nodes nodes, Versions versions, Access access, TimeProvider time)
    {
        (_database, _nodes, _access, _time) = (database, nodes, access, time);
        versions.FileArrived = version => Count(version.NodeId, Upload, version.ModifiedBy);
    }

    public void Downloaded(Caller caller, long fileHandle) => _database.Transact(() =>
    {
        if (_database.Number("SELECT min(node_id) FROM versions WHERE file_handle_id = @0", fileHandle) is { } entity)
        {
            Count(entity, Download, caller.Id);
        }
    });

    public ProjectFilesStatisticsResponse Read(Caller caller, ProjectFilesStatisticsRequest request)
    {
        const string Model = "org.sagebionetworks.repo.model.statistics.";
        if (request.ConcreteType != Model + "ProjectFilesStatisticsRequest")
        {
            throw ServiceException.BadRequest($"Unknown concreteType: {request.ConcreteType}");
        }

        if (string.IsNullOrEmpty(request.ObjectId))
        {
            throw ServiceException.BadRequest("The object id is required.");
        }

        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous users may not access statistics");
        }

        var node = _access.Require(caller, EntityIds.Parse(request.ObjectId), AccessTypes.Read).Node;
        return node.Kind == EntityKind.Project
            ? new ProjectFilesStatisticsResponse
            {
                ConcreteType = Model + "ProjectFilesStatisticsResponse",
                ObjectId = request.ObjectId,
                FileDownloads = request.FileDownloads == false ? null : Monthly(node.Id, Download),
                FileUploads = request.FileUploads == false ? null : Monthly(node.Id, Upload),
            }
            : throw ServiceException.NotFound($"The id {request.ObjectId} does not refer to project");
    }

    private void Count(long entity, string kind, long user)
    {
        if (_nodes.Lineage(entity).Steps.FirstOrDefault(step => step.Kind == EntityKind.Project) is not { } project)
        {
            return;
        }

        var now = _time.GetUtcNow();
        _database.Execute(
            "INSERT INTO file_events (project_id, kind, month, user_id, files, updated_on) VALUES (@0, @1, @2, @3, 1, @4) "
            + "ON CONFLICT (project_id, kind, month, user_id) DO UPDATE SET files = files + 1, updated_on = excluded.updated_on",
            project.Id, kind, Month(now), user, now.ToUnixTimeMilliseconds());
    }

    private MonthlyFilesStatistics Monthly(long project, string kind)
    {
        var today = _time.GetUtcNow().UtcDateTime;
        var current = new DateTimeOffset(today.Year, today.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var counts = _database.Query(
            "SELECT month, sum(files), count(*), max(updated_on) FROM file_events WHERE project_id = @0 AND kind = @1 AND month >= @2 "
            + "AND month < @3 GROUP BY month",
            row => (Month: row.GetString(0), Files: row.GetInt64(1), Users: row.GetInt64(2), UpdatedOn: row.GetInt64(3)),
            project, kind, Month(current.AddMonths(-Months)), Month(current));
        return new MonthlyFilesStatistics
        {
            LastUpdatedOn = counts.Count == 0 ? null : EntityShape.Date(counts.Max(count => count.UpdatedOn)),
            Months =
            [
                .. Enumerable.Range(0, Months).Select(i => current.AddMonths(i - Months)).Select(start =>
                {
                    var count = counts.FirstOrDefault(known => known.Month == Month(start));
                    return new FilesCountStatistics
                    {
                        RangeStart = start,
                        RangeEnd = start.AddMonths(1),
                        FilesCount = count.Files,
                        UsersCount = count.Users,
                    };
                }),
            ],
        };
    }

    private static string Month(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
