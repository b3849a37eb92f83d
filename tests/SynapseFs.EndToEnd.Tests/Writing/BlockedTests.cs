using System.Net.Http.Json;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Remote;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>What may not be sent stays on this machine, readable and said to be blocked, until it may.</summary>
[TestFixture]
internal sealed class BlockedTests
{
    private const string Token = "sfs_writer_token_of_this_test";
    private static readonly string[] Writing = ["READ", "DOWNLOAD", "CREATE", "UPDATE", "DELETE"];
    private static readonly string[] Reading = ["READ", "DOWNLOAD"];

    private World _world = null!;

    [SetUp]
    public async Task Serve()
    {
        var writer = new ServerUser { Name = "writer", Token = Token, Scopes = ["view", "download", "modify", "authorize"] };
        _world = await World.StartAsync(options => options with { MakesPreviews = false, Users = [writer] });
        await _world.AddFileAsync("changed.txt", "old\n"u8.ToArray());
        await GrantAsync(Writing);
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task What_a_revoked_token_could_not_send_stays_readable_is_called_blocked_and_goes_with_a_good_one()
    {
        _world.MountToken = await NewTokenAsync("first");
        await using (var mount = await _world.MountAsync("--settle", "100ms"))
        {
            await BeginAsync(mount);
            var revoked = _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Api, RevokeToken = true, Count = 1 });
            await WriteAsync(mount);

            await BlockedAsync(mount);
            Assert.That(_world.Server.Faults.TimesApplied(revoked), Is.EqualTo(1));
            await mount.KillAsync();
        }

        _world.MountToken = await NewTokenAsync("second");
        await using var again = await _world.MountAsync("--settle", "100ms");

        await SentAsync(again);
    }

    [Test]
    public async Task What_a_lost_permission_keeps_from_being_sent_stays_readable_is_called_blocked_and_goes_when_it_is_given_back()
    {
        _world.MountToken = await NewTokenAsync("only");
        await using var mount = await _world.MountAsync("--settle", "100ms");
        await BeginAsync(mount);
        await GrantAsync(Reading);
        await WriteAsync(mount);

        await BlockedAsync(mount);
        await GrantAsync(Writing);

        await SentAsync(mount);
    }

    // While all is well: the mount learns what may be done.
    private static async Task BeginAsync(Mount mount)
    {
        Assert.That(await File.ReadAllTextAsync(mount["changed.txt"]), Is.EqualTo("old\n"));
        await File.WriteAllTextAsync(mount["first.txt"], "first\n");
        await mount.WaitAsync();
    }

    private static async Task WriteAsync(Mount mount)
    {
        await File.WriteAllTextAsync(mount["new.txt"], "written here\n");
        await File.WriteAllTextAsync(mount["changed.txt"], "changed here\n");
    }

    private static async Task BlockedAsync(Mount mount)
    {
        foreach (var name in new[] { "new.txt", "changed.txt" })
        {
            var isBlocked = await Eventually.HoldsAsync(
                async () => (await StateAsync(mount, name)).StartsWith("blocked", StringComparison.Ordinal), TimeSpan.FromMinutes(2));
            Assert.That(isBlocked, $"{name} is {await StateAsync(mount, name)}\n{mount.Said}");
        }

        Assert.That(await File.ReadAllTextAsync(mount["new.txt"]), Is.EqualTo("written here\n"));
        Assert.That(await File.ReadAllTextAsync(mount["changed.txt"]), Is.EqualTo("changed here\n"));
    }

    private async Task SentAsync(Mount mount)
    {
        await mount.WaitAsync();
        var things = (await RemoteTree.ReadAsync(_world.Client, _world.Project)).Things;

        Assert.That(things.Keys, Is.EqualTo(new[] { "changed.txt", "first.txt", "new.txt" }));
        Assert.That(things["changed.txt"].Versions, Has.Count.EqualTo(2));
        Assert.That(things["new.txt"].Versions, Has.Count.EqualTo(1));
        Assert.That(await File.ReadAllTextAsync(mount["changed.txt"]), Is.EqualTo("changed here\n"));
        Assert.That(await StateAsync(mount, "new.txt"), Is.EqualTo("synced"));
    }

    private static async Task<string> StateAsync(Mount mount, string name) =>
        (await Command.RunAsync("getfattr", ["--only-values", "-n", "user.synapse.state", mount[name]])).Output;

    private async Task GrantAsync(IReadOnlyList<string> rights)
    {
        var writer = _world.Server.Accounts.Single().PrincipalId;
        var acl = await _world.Client.Entities.GetAclAsync(_world.Project, RequestPriority.Interactive, CancellationToken.None);
        var others = acl!.ResourceAccess!.Where(access => access.PrincipalId != writer);
        var own = new ResourceAccess { PrincipalId = writer, AccessType = rights };
        await _world.Client.Entities.UpdateAclAsync(
            _world.Project, acl with { ResourceAccess = [.. others, own] }, RequestPriority.Interactive, CancellationToken.None);
    }

    private async Task<string> NewTokenAsync(string name)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        using var answer = await http.PostAsJsonAsync(
            new Uri($"{_world.Endpoint}/auth/v1/personalAccessToken"), new { name, scope = new[] { "view", "download", "modify" } });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<AccessTokenGenerationResponse>())!.Token!;
    }
}
