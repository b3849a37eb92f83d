using SynapseFs.Cli.Mounting;
using SynapseFs.Client.Configuration;
using SynapseFs.Core.Providers;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Mounting;

internal sealed class RememberedMountTests
{
    private static readonly SynapseSettings Settings = new() { Token = "a-secret-token" };

    private static readonly MountSource Source = new()
    {
        Root = new RemoteNode(new NodeKind("project"), "syn12", "", null),
        Id = "syn12",
        Name = "My project",
        PrincipalId = "42",
        Account = "ada",
    };

    [TestCase("My project")]
    [TestCase("syn12")]
    public void A_mount_is_found_again_by_what_was_typed_or_by_its_id(string asked)
    {
        using var root = new TemporaryDirectory();
        Remember(root);

        var found = RememberedMount.Find(root.Path, asked, Settings);

        Assert.That(found?.ToSource(), Is.EqualTo(Source));
    }

    [Test]
    public void Another_account_another_server_and_another_source_find_nothing()
    {
        using var root = new TemporaryDirectory();
        Remember(root);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(RememberedMount.Find(root.Path, "syn12", Settings with { Token = "other" }), Is.Null);
            Assert.That(RememberedMount.Find(root.Path, "syn12", Settings with { Endpoints = SynapseEndpoints.FromOverride("http://127.0.0.1:1") }), Is.Null);
            Assert.That(RememberedMount.Find(root.Path, "syn13", Settings), Is.Null);
            Assert.That(RememberedMount.Find(root.Path, null, Settings), Is.Null);
        }
    }

    [Test]
    public void The_token_is_not_kept()
    {
        using var root = new TemporaryDirectory();

        Remember(root);

        Assert.That(File.ReadAllText(root.Combine("one", "mount.json")), Does.Not.Contain(Settings.Token!));
    }

    [Test]
    public void What_is_remembered_already_is_not_written_again()
    {
        using var root = new TemporaryDirectory();
        Remember(root);
        var before = DateTime.UnixEpoch;
        File.SetLastWriteTimeUtc(root.Combine("one", "mount.json"), before);

        Remember(root);

        Assert.That(File.GetLastWriteTimeUtc(root.Combine("one", "mount.json")), Is.EqualTo(before));
    }

    private static void Remember(TemporaryDirectory root)
    {
        Directory.CreateDirectory(root.Combine("one"));
        RememberedMount.Of(Source, "My project", Settings).Write(root.Combine("one"));
    }
}
