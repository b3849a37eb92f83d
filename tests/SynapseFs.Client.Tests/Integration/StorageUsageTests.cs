using SynapseFs.Client.Tests.Support;
using SynapseFs.Server;

namespace SynapseFs.Client.Tests.Integration;

internal sealed class StorageUsageTests
{
    private const string Path = "/repo/v1/project/*/storage/usage";

    private EmbeddedWorld _world = null!;

    [OneTimeSetUp]
    public async Task SetUp() => _world = await EmbeddedWorld.StartAsync(options: null, storageLimit: 3);

    [SetUp]
    public void Calm() => _world.Server.Faults.Clear();

    [OneTimeTearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public async Task A_project_tells_what_it_holds_and_may_hold()
    {
        await _world.AddFileAsync("a.txt", "hello"u8.ToArray());

        var usage = await _world.Client.Storage.FindUsageAsync(_world.ProjectId, RequestPriority.Interactive, default);

        var location = usage!.Locations.Single();
        Assert.That((location.SumFileBytes, location.MaxAllowedFileBytes, location.IsOverLimit), Is.EqualTo((5L, 3L, true)));
        Assert.That(() => _world.AddFileAsync("b.txt", "more"u8.ToArray()),
            Throws.TypeOf<SynapseException>().With.Property("Code").EqualTo("PROJECT_STORAGE_LIMIT_EXCEEDED"));
    }

    [Test]
    public async Task A_service_that_does_not_know_the_call_tells_nothing()
    {
        _world.Server.Faults.Add(new FaultRule { Path = Path, Status = 404, Count = 1 });

        Assert.That(await _world.Client.Storage.FindUsageAsync(_world.ProjectId, RequestPriority.Interactive, default), Is.Null);
    }
}
