using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.DownloadLists;

/// <summary>What stands on a download list, what of it can be had, and what is to be done for the rest.</summary>
internal sealed class DownloadListQueries(
    DownloadListTable table, Nodes nodes, Versions versions, FileHandles fileHandles, Access access, AccessView view)
{
    private const string Model = "org.sagebionetworks.repo.model.download.";

    public DownloadListQueryResponse Query(Caller caller, DownloadListQueryRequest request)
    {
        DownloadList.RequireUser(caller);
        var details = request.RequestDetails ?? throw ServiceException.BadRequest("requestBody.requestDetails is required.");
        return new DownloadListQueryResponse
        {
            ConcreteType = Model + "DownloadListQueryResponse",
            ResponseDetails = details.ConcreteType switch
            {
                Model + "AvailableFilesRequest" => Available(caller, details),
                Model + "FilesStatisticsRequest" => Statistics(caller),
                Model + "ActionRequiredRequest" => Actions(caller, details),
                _ => throw ServiceException.BadRequest($"Unknown type: {details.ConcreteType}"),
            },
        };
    }

    /// <summary>By id and version.</summary>
    public IReadOnlyList<AvailableFile> Available(Caller caller)
    {
        var found = new List<AvailableFile>();
        foreach (var (file, addedOn) in table.List(caller))
        {
            if (access.Find(caller, file.EntityId) is { Lineage.IsInTrash: false } standing && standing.May(AccessTypes.Download)
                && standing.Lineage.Steps.FirstOrDefault(step => step.Kind == EntityKind.Project) is { } project
                && versions.Get(file.EntityId, file.Version ?? standing.Node.CurrentVersion) is { FileHandleId: { } id } version
                && fileHandles.Get(id) is { } handle)
            {
                found.Add(new AvailableFile(file, addedOn, standing.Node, version, handle, project));
            }
        }

        return found;
    }

    /// <summary>How many and how large the files are that an addition names, readable or not.</summary>
    public AddToDownloadListStatsResponse Measure(IReadOnlyList<ListedFile> files) => new()
    {
        FileCount = files.Count,
        FileSize = files.Sum(file => Size(file)),
        IsFileCountAndSizeEstimate = false,
    };

    private AvailableFilesResponse Available(Caller caller, QueryRequestDetails request)
    {
        var page = PageToken.Parse(request.NextPageToken);
        var files = Available(caller).Where(file => request.Filter switch
        {
            null => true,
            "eligibleForPackaging" => file.IsEligible,
            "ineligibleForPackaging" => !file.IsEligible,
            _ => throw ServiceException.BadRequest($"Unknown type: {request.Filter}"),
        });
        var fetched = DownloadListOrder.Sort(files, request.Sort).Skip((int)Math.Min(page.Offset, int.MaxValue)).Take((int)page.Fetch)
            .Select(file => file.Shape()).ToList();
        return new AvailableFilesResponse
        {
            ConcreteType = Model + "AvailableFilesResponse",
            Page = page.Page(fetched),
            NextPageToken = page.Next(fetched.Count),
        };
    }

    private long Size(ListedFile file) =>
        nodes.Get(file.EntityId) is { } node && versions.Get(node.Id, file.Version ?? node.CurrentVersion)?.FileHandleId is { } id
            ? fileHandles.Get(id)?.Document.ContentSize ?? 0
            : 0;

    private FilesStatisticsResponse Statistics(Caller caller)
    {
        var total = table.Count(caller);
        var files = Available(caller);
        return new FilesStatisticsResponse
        {
            ConcreteType = Model + "FilesStatisticsResponse",
            TotalNumberOfFiles = total,
            NumberOfFilesAvailableForDownload = files.Count,
            NumberOfFilesAvailableForDownloadAndEligibleForPackaging = files.Count(file => file.IsEligible),
            NumberOfFilesRequiringAction = total - files.Count,
            SumOfFileSizesAvailableForDownload = files.Sum(file => file.Size),
        };
    }

    private ActionRequiredResponse Actions(Caller caller, QueryRequestDetails request)
    {
        var page = PageToken.Parse(request.NextPageToken);
        var fetched = table.List(caller)
            .Where(item => access.Find(caller, item.File.EntityId) is { Lineage.IsInTrash: false })
            .SelectMany(item => view.DownloadActions(caller, item.File.EntityId).Actions)
            .GroupBy(action => action)
            .OrderByDescending(group => group.Count())
            .Skip((int)Math.Min(page.Offset, int.MaxValue)).Take((int)page.Fetch)
            .Select(group => new ActionRequiredCount { Action = group.Key, Count = group.Count() })
            .ToList();
        return new ActionRequiredResponse
        {
            ConcreteType = Model + "ActionRequiredResponse",
            Page = page.Page(fetched),
            NextPageToken = page.Next(fetched.Count),
        };
    }
}
