using System.Globalization;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class RefusalTests
{
    private const int Uncertified = 0;
    private const int Unsigned = 1;
    private const int Looking = 2;
    private const int Helper = 3;

    private static readonly ServerUser[] Users =
    [
        new() { Name = "uncertified", IsCertified = false },
        new() { Name = "unsigned", HasAcceptedTerms = false },
        new() { Name = "looking", Scopes = ["view", "download"] },
        new() { Name = "helper" },
    ];

    private World _world = null!;

    private Writer Owner => _world.Owner;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync(options => options with { Users = Users });

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [TestCase(Uncertified, ChangeRefusal.NotAllowed, "quiz")]
    [TestCase(Unsigned, ChangeRefusal.NotAgreed, "accept")]
    [TestCase(Looking, ChangeRefusal.NotAllowed, "token")]
    public async Task An_account_that_may_not_write_hears_what_to_do(int user, ChangeRefusal refusal, string remedy)
    {
        await _world.ShareAsync(_world.Server.Accounts[user], "READ", "DOWNLOAD", "UPDATE", "CREATE", "DELETE", "CHANGE_PERMISSIONS");
        await using var person = _world.As(_world.Server.Accounts[user]);

        Assert.That(() => person.CreateFileAsync("a.txt", "hello"), Refused.By(refusal).And.Message.Contains(remedy));
        Assert.That(() => person.CreateFolderAsync("folder"), Refused.By(refusal).And.Message.Contains(remedy));
    }

    [Test]
    public async Task Without_the_right_to_it_nothing_is_made_changed_or_deleted()
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");
        await _world.ShareAsync(_world.Server.Accounts[Helper], "READ", "DOWNLOAD");
        await using var helper = _world.As(_world.Server.Accounts[Helper]);

        foreach (var change in new Func<Task>[]
        {
            () => helper.CreateFileAsync("b.txt", "hello"),
            () => helper.CreateFolderAsync("folder"),
            () => helper.CreateLinkAsync("link", file.RemoteId),
            () => helper.RenameAsync(file, "b.txt"),
            () => helper.ReplaceAsync(file, "other"),
            () => helper.DeleteAsync(file),
        })
        {
            Assert.That(change, Refused.By(ChangeRefusal.NotAllowed).And.Message.Contains("Ask its owner"));
        }
    }

    [Test]
    public async Task Moving_needs_more_rights_than_changing()
    {
        var (file, folder) = (await Owner.CreateFileAsync("a.txt", "hello"), await Owner.CreateFolderAsync("folder"));
        await _world.ShareAsync(_world.Server.Accounts[Helper], "READ", "DOWNLOAD", "UPDATE", "CREATE");
        await using var helper = _world.As(_world.Server.Accounts[Helper]);

        Assert.That(
            () => helper.RenameAsync(file, "a.txt", folder.RemoteId),
            Refused.By(ChangeRefusal.NotAllowed).And.Message.Contains("administrator's rights"));
        Assert.That((await helper.RenameAsync(file, "b.txt")).Name, Is.EqualTo("b.txt"));
    }

    [Test]
    public async Task Where_nothing_may_be_added_nothing_is_moved_to()
    {
        await _world.ShareAsync(_world.Server.Accounts[Helper], "READ", "DOWNLOAD", "UPDATE", "CREATE", "DELETE", "CHANGE_PERMISSIONS");
        var (file, folder) = (await Owner.CreateFileAsync("a.txt", "hello"), await Owner.CreateFolderAsync("folder"));
        await _world.RestrictAsync(folder.RemoteId, "READ", "CREATE");
        await using var helper = _world.As(_world.Server.Accounts[Helper]);

        Assert.That(
            () => helper.RenameAsync(file, "a.txt", folder.RemoteId),
            Refused.By(ChangeRefusal.NotAllowed).And.Message.Contains("other directory"));
    }

    [Test]
    public async Task What_is_restricted_stays_where_it_is_restricted()
    {
        var (inside, outside) = (await Owner.CreateFolderAsync("inside"), await Owner.CreateFolderAsync("outside"));
        var file = await Owner.CreateFileAsync("a.txt", "hello", inside.RemoteId);
        await _world.PostAsync(
            _world.Server.FirstUser, "/repo/v1/accessRequirement",
            $$"""
            {
              "concreteType": "org.sagebionetworks.repo.model.ManagedACTAccessRequirement",
              "accessType": "DOWNLOAD", "subjectIds": [{ "id": "{{inside.RemoteId}}", "type": "ENTITY" }]
            }
            """);

        await _world.ShareAsync(_world.Server.Accounts[Helper], "READ", "DOWNLOAD", "UPDATE", "CREATE", "DELETE", "CHANGE_PERMISSIONS");
        await using var helper = _world.As(_world.Server.Accounts[Helper]);

        Assert.That(
            () => helper.RenameAsync(file, "a.txt", outside.RemoteId),
            Refused.By(ChangeRefusal.NotAllowed).And.Message.Contains("access requirements"));
    }

    [Test]
    public async Task A_revoked_token_is_told_as_such()
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Api, RevokeToken = true, Count = 1 });

        Assert.That(() => Owner.RenameAsync(file, "b.txt"), Refused.By(ChangeRefusal.NotSignedIn).And.Message.Contains("synapsefs login"));
        Assert.That(() => Owner.DeleteAsync(file), Refused.By(ChangeRefusal.NotSignedIn));
        Assert.That(() => Owner.CreateFileAsync("b.txt", "hello"), Refused.By(ChangeRefusal.NotSignedIn));
    }

    [Test]
    public void A_name_that_synapse_does_not_hold_is_impossible() => Assert.That(
        () => Owner.CreateFileAsync("Zähler.csv", "hello"),
        Refused.By(ChangeRefusal.Impossible).And.Message.Contains("--names=escape"));

    [Test]
    public async Task A_directory_too_deep_is_impossible()
    {
        var parent = _world.Project.RemoteId;
        for (var depth = 2; depth < 50; depth++)
            parent = await _world.AddFolderAsync(depth.ToString(CultureInfo.InvariantCulture), parent);

        Assert.That(
            () => Owner.CreateFolderAsync("deeper", parent), Refused.By(ChangeRefusal.Impossible).And.Message.Contains("further up"));
    }

    [Test]
    public void A_directory_too_full_is_impossible()
    {
        _world.Server.Faults.Add(new FaultRule
        {
            Method = "POST",
            Path = "/repo/v1/entity",
            Status = 400,
            Reason = $"Limit of 10000 children exceeded for parent: {_world.Project.RemoteId}",
        });

        Assert.That(
            () => Owner.CreateFolderAsync("folder"), Refused.By(ChangeRefusal.Impossible).And.Message.Contains("directory below it"));
    }

    [TestCase(413)]
    [TestCase(415)]
    public async Task What_the_service_cannot_take_is_impossible(int status)
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");
        _world.Server.Faults.Add(new FaultRule { Method = "PUT", Path = "/repo/v1/entity/*", Status = status });

        Assert.That(() => Owner.RenameAsync(file, "b.txt"), Refused.By(ChangeRefusal.Impossible));
    }

    [TestCase(423, FsError.Busy)]
    [TestCase(503, FsError.Offline)]
    public async Task What_may_pass_is_no_refusal(int status, FsError error)
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Api, Status = status });

        Assert.That(() => Owner.CreateFolderAsync("folder"), Refused.ForNow(error));
        Assert.That(() => Owner.CreateFileAsync("b.txt", "hello"), Refused.ForNow(error));
        Assert.That(() => Owner.RenameAsync(file, "b.txt"), Refused.ForNow(error));
        Assert.That(() => Owner.DeleteAsync(file), Refused.ForNow(error));
    }
}
