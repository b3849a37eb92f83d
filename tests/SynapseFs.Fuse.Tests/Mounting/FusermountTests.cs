using SynapseFs.Fuse.Mounting;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounting;

public sealed class FusermountTests
{
    private static readonly FuseMountOptions Plain = new() { Mountpoint = "/m", Source = "a,b\\c" };

    [Test]
    public void Commas_and_backslashes_of_the_source_are_escaped() => Assert.That(
        Fusermount.OptionsText(Plain), Is.EqualTo(@"fsname=a\,b\\c,subtype=synapsefs,default_permissions,nosuid,nodev"));

    [Test]
    public void Read_only_and_allow_other_are_passed_on() => Assert.That(
        Fusermount.OptionsText(Plain with { ReadOnly = true, AllowOther = true }), Does.EndWith(",ro,allow_other"));

    [Test]
    public void A_refusal_over_allow_other_is_known_by_its_words()
    {
        var refusal = Fusermount.Refusal(
            "/m", "fusermount3: option allow_other only allowed if 'user_allow_other' is set in /etc/fuse.conf");

        Assert.That(refusal.Failure, Is.EqualTo(MountFailure.AllowOtherRefused));
        Assert.That(refusal.Message, Does.Contain("user_allow_other").And.Contain("--allow-other"));
    }

    [Test]
    public void The_search_path_comes_before_the_usual_places()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("fusermount3"), "");

        Assert.That(Fusermount.Find($"/nowhere:{folder}"), Is.EqualTo(folder.Combine("fusermount3")));
    }

    [TestCase("user_allow_other\n", true)]
    [TestCase("  user_allow_other  \n", true)]
    [TestCase("#user_allow_other\nmount_max = 3\n", false)]
    [TestCase("", false)]
    public void The_configuration_permits_by_a_line_of_its_own(string text, bool permits)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("fuse.conf"), text);

        Assert.That(FuseConfiguration.PermitsAllowOther(folder.Combine("fuse.conf")), Is.EqualTo(permits));
        Assert.That(FuseConfiguration.PermitsAllowOther(folder.Combine("missing")), Is.False);
    }
}
