using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Benchmarks.Parts;

/// <summary>Rows of the tree: one found, one described, a whole directory read.</summary>
public class NodeSteps : IDisposable
{
    private const int Rows = 2000;
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("node-steps-");
    private readonly CacheDirectory _cache;
    private readonly NodeDetails _details;
    private readonly NodeRow _root;
    private readonly IReadOnlyList<NodeRow> _rows;
    private int _next;

    public NodeSteps()
    {
        _details = Details();
        _cache = CacheDirectory.Open(_directory.FullName, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        _root = _cache.Nodes.EnsureRoot(Row("") with { Kind = "project" });
        _rows = _cache.Nodes.ApplyListing(
            _root.Inode, [.. Enumerable.Range(0, Rows).Select(number => Row($"file {number}") with { Details = _details })], [], [], [], Now);
    }

    private NodeRow Next => _rows[_next++ % Rows];

    [Benchmark(Description = "one row by inode")]
    public NodeRow? Get() => _cache.Nodes.Get(Next.Inode);

    [Benchmark(Description = "one row by name")]
    public NodeRow? Find() => _cache.Nodes.Find(_root.Inode, Next.Name);

    [Benchmark(Description = "one row described")]
    public void Describe() => _cache.Nodes.SetDetails(Next.Inode, _details);

    [Benchmark(Description = "a directory of 2,000 read, a row", OperationsPerInvoke = Rows)]
    public int Children() => _cache.Nodes.GetChildren(_root.Inode).Count;

    [GlobalCleanup]
    public void Dispose()
    {
        _cache.Dispose();
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private static NodeRow Row(string name) => new()
    {
        Parent = InodeNumber.Root,
        Name = name,
        Kind = "file",
        RemoteId = $"syn{name}",
        Revision = "1@1746515289123",
        Modified = Now,
        Created = Now,
    };

    private static NodeDetails Details() => new()
    {
        Revision = "1@1746515289123",
        Modified = Now,
        Created = Now,
        Permissions = FilePermissions.AllRead,
        Length = 12345,
        Content = new ContentKey("file-handle-1", "0123456789abcdef0123456789abcdef"),
        Xattrs = Enumerable.Range(0, 20).ToDictionary(number => $"user.synapse.fact-{number}", number => $"the value of fact {number}"),
        DescribedOn = Now,
    };
}
