using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.World.DownloadLists;

/// <summary>The orders of a download list: several, one after the other; without any by id and version.</summary>
internal static class DownloadListOrder
{
    public static IEnumerable<AvailableFile> Sort(IEnumerable<AvailableFile> files, IReadOnlyList<DownloadListSort>? sorts)
    {
        IOrderedEnumerable<AvailableFile>? ordered = null;
        foreach (var sort in sorts ?? [])
        {
            var isDescending = (sort?.Direction ?? "ASC") switch
            {
                "ASC" => false,
                "DESC" => true,
                _ => throw ServiceException.BadRequest($"Unknown sort direction: {sort!.Direction}"),
            };
            var key = Key(sort?.Field ?? throw ServiceException.BadRequest("sort.field is required."));
            ordered = (ordered, isDescending) switch
            {
                (null, false) => files.OrderBy(key),
                (null, true) => files.OrderByDescending(key),
                (_, false) => ordered.ThenBy(key),
                (_, true) => ordered.ThenByDescending(key),
            };
        }

        return (ordered ?? files.OrderBy(file => file.Node.Id)).ThenBy(file => file.Node.Id).ThenBy(file => file.Version.Number);
    }

    private static Func<AvailableFile, IComparable> Key(string field) => field switch
    {
        "fileName" => file => file.Node.Name.ToUpperInvariant(),
        "projectName" => file => file.Project.Name.ToUpperInvariant(),
        "synId" => file => file.Node.Id,
        "versionNumber" => file => file.Version.Number,
        "addedOn" => file => file.AddedOn,
        "createdBy" => file => file.Node.CreatedBy,
        "createdOn" => file => file.Node.CreatedOn,
        "fileSize" => file => file.Size,
        "isEligibleForPackaging" => file => file.IsEligible,
        _ => throw ServiceException.BadRequest($"Unknown SortField: {field}"),
    };
}
