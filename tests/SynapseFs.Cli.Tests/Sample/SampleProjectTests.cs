using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Cli.Sample;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Sample;

/// <summary>The sample in a small edition: all of it but the size.</summary>
[TestFixture]
internal sealed class SampleProjectTests
{
    private static readonly SampleOptions Small = new() { ManyFiles = 60, LargeFile = 0, Reads = 3_000 };

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _said = [];
    private SynapseServer _server = null!;
    private SynapseClient _client = null!;
    private string _project = "";

    [OneTimeSetUp]
    public async Task Make_the_sample()
    {
        var options = new ServerOptions { DataDirectory = _directory.Combine("data"), IsThrottled = false };
        _server = await SynapseServer.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        var settings = new SynapseSettings
        {
            Endpoints = new SynapseEndpoints(_server.RepoEndpoint, _server.AuthEndpoint, _server.FileEndpoint),
            Token = _server.FirstUser.Token,
        };
        _client = new SynapseClient(
            settings, new SynapseClientOptions { CallsPerWindow = 1_000_000 }, TimeProvider.System, NullLoggerFactory.Instance);
        _project = await SampleProject.EnsureAsync(_client, Small, new Listener(_said), CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Test]
    public async Task The_matrix_of_every_guide_has_its_id() =>
        Assert.That(await FindAsync("matrix_100_by_4.tsv"), Is.EqualTo("syn1899498"));

    [Test]
    public async Task Every_awkward_name_is_there()
    {
        var headers = await ChildrenAsync(await FindAsync("names"));

        Assert.That(headers.Select(header => header.Name), Is.EquivalentTo(SampleTexts.AwkwardNames));
    }

    [Test]
    public async Task A_file_has_three_versions()
    {
        var page = await _client.Entities.GetVersionsAsync(await FindAsync("versions", "notes.txt"), 0, 10, RequestPriority.Interactive, CancellationToken.None);

        Assert.That(page.Results.Select(version => version.VersionNumber), Is.EqualTo(new long[] { 3, 2, 1 }));
        Assert.That(page.Results.Select(version => version.ContentMd5).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Links_lead_to_a_file_a_folder_a_version_and_nothing()
    {
        var links = new Dictionary<string, Reference?>();
        foreach (var header in await ChildrenAsync(await FindAsync("links")))
            links[header.Name!] = (await GetAsync(header.Id!)).LinksTo;

        Assert.That(links["to-a-file"]!.TargetId, Is.EqualTo(await FindAsync("versions", "notes.txt")));
        Assert.That(links["to-a-folder"]!.TargetId, Is.EqualTo(await FindAsync("versions")));
        Assert.That(links["to-a-version"]!.TargetVersionNumber, Is.EqualTo(1));
        Assert.That(links["to-nothing"]!.TargetId, Is.EqualTo("syn999999999"));
    }

    [Test]
    public async Task Annotations_are_of_every_type()
    {
        var annotations = await _client.Annotations.GetAsync(
            await FindAsync("annotations", "every-type.txt"), version: null, RequestPriority.Interactive, CancellationToken.None);

        Assert.That(annotations.Values!.Values.Select(value => value.Type).Distinct(),
            Is.EquivalentTo(new[] { "STRING", "LONG", "DOUBLE", "BOOLEAN", "TIMESTAMP_MS" }));
        Assert.That(annotations.Values["noValue"].Value, Is.Empty);
    }

    [Test]
    public async Task One_file_may_be_seen_and_not_downloaded()
    {
        var permissions = await _client.Entities.GetPermissionsAsync(
            await FindAsync("access", "look-but-do-not-download.txt"), RequestPriority.Interactive, CancellationToken.None);

        Assert.That((permissions.CanView, permissions.CanDownload), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task The_alignment_stands_with_its_index_or_its_absence_is_said()
    {
        var names = (await ChildrenAsync(await FindAsync("genomics"))).Select(header => header.Name).ToList();

        if (_said.Any(sentence => sentence.Contains("reads.bam is left out", StringComparison.Ordinal)))
            Assert.That(names, Is.EqualTo(new[] { "genes.tsv.gz" }));
        else
            Assert.That(names, Is.EquivalentTo(new[] { "genes.tsv.gz", "reads.bam", "reads.bam.bai" }));
    }

    [Test]
    public async Task A_folder_holds_many_files_and_another_a_table()
    {
        Assert.That((await ChildrenAsync(await FindAsync("many"))).Count, Is.EqualTo(Small.ManyFiles));
        Assert.That((await GetAsync(await FindAsync("tables", "samples"))).ConcreteType, Is.EqualTo(SynapseTypes.Table));
    }

    [Test]
    public async Task Made_again_it_is_left_as_it_is()
    {
        _server.Log.Reset();

        var again = await SampleProject.EnsureAsync(_client, Small, new Listener(_said), CancellationToken.None);

        Assert.That(again, Is.EqualTo(_project));
        Assert.That(_server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(3));
    }

    private async Task<string> FindAsync(params string[] names)
    {
        var id = _project;
        foreach (var name in names)
            id = await _client.Children.FindAsync(id, name, RequestPriority.Interactive, CancellationToken.None) ?? throw new AssertionException($"No {name}.");
        return id;
    }

    private async Task<List<EntityHeader>> ChildrenAsync(string parentId)
    {
        var headers = new List<EntityHeader>();
        string? token = null;
        do
        {
            var request = new EntityChildrenRequest { ParentId = parentId, IncludeTypes = ["folder", "file", "link", "table"], NextPageToken = token };
            var page = await _client.Children.GetPageAsync(request, RequestPriority.Interactive, CancellationToken.None);
            headers.AddRange(page.Page);
            token = page.NextPageToken;
        }
        while (token is not null);
        return headers;
    }

    private Task<Entity> GetAsync(string id) =>
        _client.Entities.GetAsync(id, version: null, RequestPriority.Interactive, CancellationToken.None);

    private sealed class Listener(List<string> said) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (said)
                said.Add(value);
        }
    }
}
