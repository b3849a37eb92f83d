using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Core;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Searching;
using SynapseFs.Entities;
using SynapseFs.Entities.Finding;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Benchmarks.Finding;

/// <summary>What a search through 100,000 known entities costs: 1,000 folders of 100 files, each with 10 facts and 6 annotations.</summary>
internal static class FindTrial
{
    private const int Folders = 1_000;
    private const int Files = 100;

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    public static async Task RunAsync(TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("find-trial-");
        try
        {
            using var cache = CacheDirectory.Open(directory.FullName, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
            Fill(cache.Nodes);
            var settings = SynapseConfiguration.Load(
                new ConfigurationRequest { HomeDirectory = directory.FullName, Environment = _ => null });
            await using var client = new SynapseClient(settings, new SynapseClientOptions(), TimeProvider.System, NullLoggerFactory.Instance);
            var root = new RemoteNode(new NodeKind("project"), "syn1", "", null);
            await using var engine = new RemoteFileSystem(
                cache, SynapseKinds.Create(client, root, TimeProvider.System), root, new MountOptions { Offline = true }, TimeProvider.System,
                NullLoggerFactory.Instance);
            foreach (var terms in new string[][] { ["species=Homo sapiens", "readLength>=100"], ["batch=7"], ["run=2024-03*"], ["missing=x"] })
            {
                for (var round = 0; round < 3; round++)
                    await SearchAsync(engine, terms, output);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task SearchAsync(RemoteFileSystem engine, string[] words, TextWriter output)
    {
        var terms = FindTerms.Parse(words);
        var walk = engine.Walk("/", WalkReach.Known);
        var found = 0;
        var clock = Stopwatch.StartNew();
        await foreach (var node in walk.RunAsync(CancellationToken.None))
            found += terms.Match(node.Xattrs) ? 1 : 0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(' ', words),-40} {found,7} of {walk.Standing.Seen} {clock.Elapsed.TotalMilliseconds,8:0} ms"));
    }

    private static void Fill(NodeTable nodes)
    {
        var root = nodes.EnsureRoot(Row("", 1, "project"));
        var folders = nodes.ApplyListing(
            root.Inode, [.. Enumerable.Range(0, Folders).Select(i => Row($"folder {i}", 2 + i, "folder"))], [], [], [], Now);
        foreach (var folder in folders)
        {
            var first = 10_000 + ((int)folder.Inode.Value * Files);
            nodes.ApplyListing(
                folder.Inode, [.. Enumerable.Range(0, Files).Select(i => Row($"sample_{i:D3}_R1.fastq.gz", first + i, "file") with { Parent = folder.Inode })],
                [], [], [], Now);
        }
    }

    private static NodeRow Row(string name, int number, string kind) => new()
    {
        Parent = InodeNumber.Root,
        Name = name,
        Kind = kind,
        RemoteId = $"syn{number}",
        Revision = "1@1746515289123",
        Modified = Now,
        Created = Now,
        Details = new NodeDetails
        {
            Revision = "1@1746515289123",
            Modified = Now,
            Created = Now,
            Permissions = FilePermissions.AllRead,
            Length = 12345,
            Content = new ContentKey($"{number}", "0123456789abcdef0123456789abcdef"),
            DescribedOn = Now,
            Xattrs = Enumerable.Range(0, 10).Select(i => ($"user.synapse.fact-{i}", $"the value of fact {i}"))
                .Concat(
                [
                    ("user.species", number % 2 == 0 ? "Homo sapiens" : "Mus musculus"), ("user.readLength", $"{50 * (number % 5)}"),
                    ("user.batch", $"{number % 97}"), ("user.tissue", "[\"brain\",\"liver\"]"), ("user.assay", "rnaSeq"),
                    ("user.run", $"2024-{1 + (number % 12):D2}-15T00:00:00.000Z"),
                ]).ToDictionary(),
        },
    };
}
