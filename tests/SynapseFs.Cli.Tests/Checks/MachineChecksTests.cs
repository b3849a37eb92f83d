using SynapseFs.Cli.Checks;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Checks;

internal sealed class MachineChecksTests
{
    [Test]
    public void A_missing_device_fails_and_names_both_remedies()
    {
        var result = new MachineChecks(Machine() with { FuseDevice = "/dev/no-such-device" }).Device();

        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Fail));
        Assert.That(result.Remedy, Does.Contain("modprobe fuse").And.Contain("--device /dev/fuse"));
    }

    [Test]
    public void A_device_that_opens_is_well() =>
        Assert.That(new MachineChecks(Machine() with { FuseDevice = "/dev/null" }).Device().Outcome, Is.EqualTo(CheckOutcome.Ok));

    [Test]
    public void An_ordinary_user_without_fusermount3_is_told_to_install_it()
    {
        var result = new MachineChecks(Machine() with { UsualPlaces = [] }).Fusermount();

        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Fail));
        Assert.That(result.Remedy, Does.Contain("apt-get install fuse3"));
    }

    [Test]
    public void Root_needs_no_fusermount3() =>
        Assert.That(new MachineChecks(Machine() with { UsualPlaces = [], UserId = 0 }).Fusermount().Outcome, Is.EqualTo(CheckOutcome.Ok));

    [Test]
    public void A_fusermount3_without_its_bit_fails()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("fusermount3"), "");

        var result = new MachineChecks(Machine() with { UsualPlaces = [folder.Path] }).Fusermount();

        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Fail));
        Assert.That(result.Remedy, Does.Contain("chmod u+s"));
    }

    [TestCase("user_allow_other\n", CheckOutcome.Ok)]
    [TestCase("#user_allow_other\n", CheckOutcome.Warn)]
    [TestCase("", CheckOutcome.Warn)]
    public void The_permission_for_allow_other_is_read_from_fuse_conf(string text, CheckOutcome expected)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("fuse.conf"), text);

        Assert.That(new MachineChecks(Machine() with { FuseConfiguration = folder.Combine("fuse.conf") }).AllowOther().Outcome, Is.EqualTo(expected));
    }

    [TestCase("4.17.0", CheckOutcome.Fail)]
    [TestCase("4.18.0", CheckOutcome.Ok)]
    [TestCase("6.8.0", CheckOutcome.Ok)]
    public void A_kernel_that_is_too_old_fails(string version, CheckOutcome expected) =>
        Assert.That(MachineChecks.Kernel(Version.Parse(version)).Outcome, Is.EqualTo(expected));

    private static Surroundings Machine() => new() { Variable = _ => null, UserId = 1000, Home = "/home/nobody" };
}
