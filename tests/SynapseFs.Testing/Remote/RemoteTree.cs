using SynapseFs.Api;
using SynapseFs.Client;

namespace SynapseFs.Testing.Remote;

/// <summary>Everything that a container of the server holds, read past any mount.</summary>
public sealed class RemoteTree
{
    private readonly SortedDictionary<string, RemoteThing> _things = new(StringComparer.Ordinal);

    /// <summary>By path below the container.</summary>
    public IReadOnlyDictionary<string, RemoteThing> Things => _things;

    public static async Task<RemoteTree> ReadAsync(SynapseClient client, string container)
    {
        var tree = new RemoteTree();
        await tree.AddAsync(client, container, "");
        return tree;
    }

    private async Task AddAsync(SynapseClient client, string container, string prefix)
    {
        string? page = null;
        do
        {
            var answer = await client.Children.GetPageAsync(
                new EntityChildrenRequest { ParentId = container, NextPageToken = page, IncludeTypes = ["file", "folder", "link"] },
                RequestPriority.Interactive, CancellationToken.None);
            foreach (var child in answer.Page)
            {
                var path = prefix + child.Name;
                var isFolder = child.Type == SynapseTypes.Folder;
                _things.Add(path, new RemoteThing(child.Id!, isFolder, isFolder ? [] : await VersionsAsync(client, child.Id!)));
                if (isFolder)
                    await AddAsync(client, child.Id!, path + "/");
            }

            page = answer.NextPageToken;
        }
        while (page is not null);
    }

    private static async Task<IReadOnlyList<string>> VersionsAsync(SynapseClient client, string id)
    {
        const int Most = 50;
        var sums = new List<string>();
        while (true)
        {
            var page = await client.Entities.GetVersionsAsync(id, sums.Count, Most, RequestPriority.Interactive, CancellationToken.None);
            sums.AddRange(page.Results.Select(version => version.ContentMd5 ?? ""));
            if (page.Results.Count < Most)
                break;
        }

        sums.Reverse();
        return sums;
    }
}

/// <summary>A file or folder of the server.</summary>
/// <param name="Id">syn1.</param>
/// <param name="IsFolder">Otherwise a file.</param>
/// <param name="Versions">MD5s of a file's versions, oldest first.</param>
public sealed record RemoteThing(string Id, bool IsFolder, IReadOnlyList<string> Versions);
