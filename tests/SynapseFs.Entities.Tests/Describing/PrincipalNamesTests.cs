using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;

namespace SynapseFs.Entities.Tests.Describing;

internal sealed class PrincipalNamesTests
{
    private World _world = null!;
    private PrincipalNames _names = null!;
    private string _user = "";

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync();
        _names = new PrincipalNames(_world.Client);
        _user = _world.Server.FirstUser.PrincipalId.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Many_askers_share_one_call()
    {
        var calls = await _world.CountCallsAsync(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(_user, "999999"))));

        Assert.That(calls, Is.EqualTo(1));
        Assert.That(await AskAsync(_user), Is.EqualTo(new Dictionary<string, string> { [_user] = _world.Server.FirstUser.UserName }));
    }

    [Test]
    public async Task A_name_that_cannot_be_had_leaves_the_number()
    {
        var id = await _world.AddFileAsync("a.txt", "a");
        _world.Server.Faults.Add(new FaultRule { Path = "/repo/v1/userGroupHeaders/batch", Status = 404 });

        var details = await _world.DescribeAsync(World.Node(EntityKinds.File, id));

        Assert.That(details.Xattrs["user.synapse.created-by"], Is.EqualTo(_user));
    }

    [Test]
    public async Task Nobody_costs_nothing() => Assert.That(await _world.CountCallsAsync(() => AskAsync()), Is.Zero);

    private Task<IReadOnlyDictionary<string, string>> AskAsync(params string[] ids) =>
        _names.GetAsync(ids, Urgency.Waiting, CancellationToken.None);
}
