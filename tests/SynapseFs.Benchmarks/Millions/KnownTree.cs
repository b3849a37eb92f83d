using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Benchmarks.Millions;

/// <summary>
/// Makes a mount know very many files. At 600 calls a minute listing a million takes an hour and more; so the rows of one folder, as a mount has
/// listed and described them, are written again and again under other names and ids, through the store's own methods and in the same steps.
/// </summary>
internal static class KnownTree
{
    private const int Batch = 500;

    /// <summary>Adds directories of such shape below the root; returns how many rows the cache directory then has.</summary>
    /// <param name="cache">Where a mount has listed its root, one folder in it, and described a file of that.</param>
    /// <param name="groups">Directories below the root.</param>
    /// <param name="folders">Directories in each of these.</param>
    /// <param name="files">Files in each of these.</param>
    public static long Fill(string cache, int groups, int folders, int files)
    {
        using var directory = CacheDirectory.Open(cache, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        var nodes = directory.Nodes;
        var folder = nodes.GetChildren(InodeNumber.Root).First(row => row.ListedOn is not null);
        var file = nodes.GetChildren(folder.Inode).First(row => row.Details is not null);
        var (next, now) = (100_000_000L, DateTimeOffset.UtcNow);
        var ahead = new List<AheadDetails>(Batch);
        var round = directory.Ahead.Begin("known");

        foreach (var group in Insert(InodeNumber.Root, folder, "group", groups, keepsListed: true))
        {
            foreach (var one in Insert(group.Inode, folder, "folder", folders, keepsListed: false))
                Insert(one.Inode, file, "file", files, keepsListed: false);
        }

        directory.Ahead.Put("known", round, ahead);
        directory.Ahead.End("known", round, "", isWhole: true);
        return nodes.Count;

        IReadOnlyList<NodeRow> Insert(InodeNumber parent, NodeRow model, string prefix, int count, bool keepsListed)
        {
            var rows = Enumerable.Range(0, count).Select(number => Copy(model, parent, $"{prefix}-{number:d5}{Path.GetExtension(model.Name)}")).ToList();
            ahead.AddRange(rows.Where(row => row.Details is not null && row.Kind == file.Kind).Select(row => new AheadDetails(row.RemoteId, row.Details!)));
            if (ahead.Count >= Batch)
            {
                directory.Ahead.Put("known", round, ahead);
                ahead.Clear();
            }

            return nodes.ApplyListing(parent, rows, [], [], [], keepsListed ? nodes.Get(parent)!.ListedOn!.Value : now);
        }

        NodeRow Copy(NodeRow model, InodeNumber parent, string name)
        {
            var id = (next++).ToString(CultureInfo.InvariantCulture);
            return model with
            {
                Parent = parent,
                Name = name,
                RemoteId = "syn" + id,
                ListedOn = null,
                Details = model.Details is not { Content: { } content } details ? model.Details : details with
                {
                    Content = content with { Id = id, Md5 = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()) },
                },
            };
        }
    }
}
