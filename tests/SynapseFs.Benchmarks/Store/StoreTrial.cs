using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Benchmarks.Store;

/// <summary>What the store's own steps cost on this machine: rows, blocks, checksums, MD5.</summary>
internal static class StoreTrial
{
    private const int Rows = 2000;
    private const int Length = 200 << 20;

    public static void Run(TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("store-trial-");
        try
        {
            using (var cache = CacheDirectory.Open(directory.FullName, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance))
            {
                TryNodes(cache.Nodes, output);
                TryNodes(cache.Nodes, TextWriter.Null);
                TryContent(cache.Contents, output);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void TryNodes(NodeTable nodes, TextWriter output)
    {
        var now = DateTimeOffset.UnixEpoch;
        var root = nodes.EnsureRoot(Row("", now) with { Kind = "project" });
        var children = nodes.GetChildren(root.Inode).Select(row => row.Inode).ToList();
        var details = Details(now);
        IReadOnlyList<NodeRow> rows = [];
        Report(output, "a listing of 2,000 new rows, one transaction", 1, () =>
            rows = nodes.ApplyListing(root.Inode, [.. Enumerable.Range(0, Rows).Select(i => Row($"file {i}", now))], [], children, [], now));
        Report(output, "details of one row set", Rows, () =>
        {
            foreach (var row in rows)
                nodes.SetDetails(row.Inode, details);
        });
        Report(output, "one row by inode", Rows, () =>
        {
            foreach (var row in rows)
                nodes.Get(row.Inode);
        });
        Report(output, "one row by name", Rows, () =>
        {
            foreach (var row in rows)
                nodes.Find(root.Inode, row.Name);
        });
        Report(output, "2,000 rows of a directory with details", 1, () => nodes.GetChildren(root.Inode));
    }

    private static void TryContent(ContentStore contents, TextWriter output)
    {
        var key = new ContentKey("file-handle", "0123456789abcdef0123456789abcdef");
        using (var content = contents.Open(key, Length))
        {
            var block = new byte[content.BlockSize];
            new Random(1).NextBytes(block);
            Report(output, "a block of 128 KiB written", content.BlockCount, () => Each(content, i => content.Write(i, block)));
            Report(output, "a block of 128 KiB read and checked", content.BlockCount, () => Each(content, i => content.Read(i, 0, block)));
            Report(output, "4 KiB of a block read, the block checked", content.BlockCount, () => Each(content, i => content.Read(i, 5000, block.AsSpan(0, 4096))));
        }
        Report(output, "200 MiB of content opened", 1, () => contents.Open(key, Length).Dispose());
    }

    private static void Each(StoredContent content, Action<long> act)
    {
        for (var block = 0L; block < content.BlockCount; block++)
            act(block);
    }

    private static void Report(TextWriter output, string what, long times, Action act)
    {
        var clock = Stopwatch.StartNew();
        act();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-50} {clock.Elapsed.TotalMicroseconds / times,12:0.0} µs"));
    }

    private static NodeRow Row(string name, DateTimeOffset now) => new()
    {
        Parent = InodeNumber.Root,
        Name = name,
        Kind = "file",
        RemoteId = $"syn{name}",
        Revision = "1@1746515289123",
        Modified = now,
        Created = now,
    };

    private static NodeDetails Details(DateTimeOffset now) => new()
    {
        Revision = "1@1746515289123",
        Modified = now,
        Created = now,
        Permissions = FilePermissions.AllRead,
        Length = 12345,
        Content = new ContentKey("file-handle-1", "0123456789abcdef0123456789abcdef"),
        Xattrs = Enumerable.Range(0, 20).ToDictionary(i => $"user.synapse.fact-{i}", i => $"the value of fact {i}"),
        DescribedOn = now,
    };
}
