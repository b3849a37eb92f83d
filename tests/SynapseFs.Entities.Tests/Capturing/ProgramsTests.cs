using SynapseFs.Entities.Capturing;

namespace SynapseFs.Entities.Tests.Capturing;

internal sealed class ProgramsTests
{
    [TestCase("dash", "dash", "./d.sh", "/bin/sh", "./d.sh")]
    [TestCase("python3.13", "python3.13 (deleted)", "python3", "python3", "x.py")]
    [TestCase("sh", "busybox", "x.sh", "/bin/sh", "x.sh")]
    [TestCase("awk", "busybox", "busybox", "busybox", "awk", "1")]
    [TestCase("busybox", "busybox", "busybox", "busybox")]
    [TestCase("sort", null, "sort", "sort")]
    public void A_program_is_the_file_that_is_executed(string program, string? file, string name, params string[] arguments) =>
        Assert.That(Programs.ProgramOf(file, name, arguments), Is.EqualTo(program));

    [Test]
    public void A_shell_that_bears_the_name_of_its_script_is_a_shell() =>
        Assert.That(Programs.IsShell(new ProcessFacts(new ProcessKey(1, 1), 0, "steps.sh", ["/bin/sh", "./steps.sh"]) { Program = "dash" }), Is.True);

    [TestCase("tracker-miner-f", true)]
    [TestCase("nautilus", true)]
    [TestCase("baloo_file_extr", true)]
    [TestCase("cp", false)]
    public void Indexers_and_file_managers_only_look(string program, bool isOnlooker) =>
        Assert.That(Programs.IsOnlooker(program), Is.EqualTo(isOnlooker));
}
