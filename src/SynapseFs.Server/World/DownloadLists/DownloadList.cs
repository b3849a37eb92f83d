using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.DownloadLists;

/// <summary>What each user has put aside to download. Source: DownloadListManagerImpl.</summary>
internal sealed class DownloadList(DownloadListTable table, Nodes nodes, Versions versions, Access access)
{
    public const int MaxFiles = 100_000;
    private const int MaxBatch = 1000;

    /// <summary>What is not a file is dropped without a word; whether the caller may download it is not asked here.</summary>
    public AddToDownloadListResponse Add(Caller caller, IReadOnlyList<DownloadListItem>? batch)
    {
        List<ListedFile> files = [.. Items(caller, batch).Where(item => nodes.Get(item.EntityId)?.Kind == EntityKind.File)];
        var count = table.Count(caller);
        return files.Count + count <= MaxFiles
            ? new AddToDownloadListResponse { NumberOfFilesAdded = table.Add(caller, files) }
            : throw ServiceException.BadRequest(
                $"Adding '{files.Count}' files to your download list would exceed the maximum number of '{MaxFiles}' files.  You currently "
                + $"have '{count}' files on you download list.");
    }

    public RemoveBatchOfFilesFromDownloadListResponse Remove(Caller caller, IReadOnlyList<DownloadListItem>? batch) =>
        new() { NumberOfFilesRemoved = table.Remove(caller, Items(caller, batch)) };

    public void Clear(Caller caller)
    {
        RequireUser(caller);
        table.Clear(caller);
    }

    /// <summary>How many more files fit.</summary>
    public long RequireRoom(Caller caller)
    {
        RequireUser(caller);
        var room = MaxFiles - table.Count(caller);
        return room > 0
            ? room
            : throw ServiceException.BadRequest($"Your download list already has the maximum number of '{MaxFiles}' files.");
    }

    /// <summary>Adds the files of a container or dataset as far as there is room.</summary>
    public AddToDownloadListResponse AddFrom(Caller caller, AddToDownloadListRequest request)
    {
        var room = RequireRoom(caller);
        return new AddToDownloadListResponse { NumberOfFilesAdded = table.Add(caller, FilesOf(caller, request).Take((int)room)) };
    }

    /// <summary>Adds what a query found; all of it, or nothing when it does not fit.</summary>
    public AddToDownloadListResponse AddFound(Caller caller, IReadOnlyList<ListedFile> found)
    {
        var room = RequireRoom(caller);
        var added = table.Add(caller, found.Where(file => nodes.Get(file.EntityId)?.Kind == EntityKind.File));
        return added <= room
            ? new AddToDownloadListResponse { NumberOfFilesAdded = added }
            : throw ServiceException.BadRequest(
                "Adding the files from the given query to your download list would exceed the maximum number of "
                + $"'{MaxFiles}' files.  You currently have '{MaxFiles - room}' files on you download list.");
    }

    /// <summary>The files that a parent holds; READ on it is needed.</summary>
    public IReadOnlyList<ListedFile> FilesOf(Caller caller, AddToDownloadListRequest request)
    {
        var node = access.Require(caller, EntityIds.Parse(request.ParentId), AccessTypes.Read).Node;
        return node.Kind.ShortName switch
        {
            "dataset" => ItemsOf(node, number: null),
            "datasetcollection" => [.. ItemsOf(node, number: null).SelectMany(item => FilesOfDataset(caller, item))],
            _ => [.. FilesBelow(caller, node.Id, request.UseVersionNumber ?? true, request.Recursive == true)],
        };
    }

    public static void RequireUser(Caller caller)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("You must login to access your download list");
        }
    }

    private IEnumerable<ListedFile> FilesBelow(Caller caller, long container, bool useVersion, bool isRecursive)
    {
        foreach (var (id, version) in table.FilesIn(container))
        {
            yield return new ListedFile(id, useVersion ? version : null);
        }

        var folders = isRecursive ? table.FoldersIn(container) : [];
        foreach (var file in folders.Where(id => access.FindReadable(caller, id) is not null)
            .SelectMany(id => FilesBelow(caller, id, useVersion, isRecursive)))
        {
            yield return file;
        }
    }

    private List<ListedFile> FilesOfDataset(Caller caller, ListedFile dataset) =>
        access.FindReadable(caller, dataset.EntityId)?.Node is { } node ? ItemsOf(node, dataset.Version) : [];

    /// <summary>What a dataset pins, of one of its versions.</summary>
    private List<ListedFile> ItemsOf(NodeRow node, long? number)
    {
        var version = number is { } asked ? versions.Get(node.Id, asked) : versions.Current(node);
        if (version is null || !version.Fields.TryGetValue("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return
        [
            .. items.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("entityId", out var id)
                    && id.ValueKind == JsonValueKind.String)
                .Select(item => new ListedFile(
                    EntityIds.Parse(item.GetProperty("entityId").GetString()),
                    item.TryGetProperty("versionNumber", out var pinned) && pinned.TryGetInt64(out var value) ? value : null)),
        ];
    }

    private static List<ListedFile> Items(Caller caller, IReadOnlyList<DownloadListItem>? batch)
    {
        RequireUser(caller);
        if (batch is null)
        {
            throw ServiceException.BadRequest("batch is required.");
        }

        if (batch.Count is 0 or > MaxBatch)
        {
            throw ServiceException.BadRequest(batch.Count == 0
                ? "Batch must contain at least one item"
                : $"Batch size of '{batch.Count}' exceeds the maximum of '{MaxBatch}'");
        }

        return
        [
            .. batch.Select((item, index) => new ListedFile(
                EntityIds.Parse((item ?? throw ServiceException.BadRequest($"Null Item found at index: {index}")).FileEntityId
                    ?? throw ServiceException.BadRequest($"Null fileEntityId at index: {index}")),
                item.VersionNumber)),
        ];
    }
}
