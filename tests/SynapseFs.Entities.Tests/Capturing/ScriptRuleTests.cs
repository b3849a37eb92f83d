using SynapseFs.Entities.Capturing;

namespace SynapseFs.Entities.Tests.Capturing;

internal sealed class ScriptRuleTests
{
    [TestCase(true, "python3", "run.py", "data.csv")]
    [TestCase(true, "python3", "-u", "./run.py")]
    [TestCase(true, "python3", "-W", "ignore", "/mnt/d/run.py")]
    [TestCase(true, "R", "--file=run.py")]
    [TestCase(false, "python3", "other.py", "run.py")]
    [TestCase(false, "python3", "/home/me/run.py", "x")]
    [TestCase(false, "python3", "-c", "open('run.py')", "run.py")]
    [TestCase(false, "python3", "-m", "tool", "run.py")]
    [TestCase(false, "python3")]
    public void The_first_file_named_is_the_script(bool isScript, params string[] arguments) =>
        Assert.That(ScriptRule.IsScript(arguments, "/mnt/d", "/mnt/d/run.py"), Is.EqualTo(isScript));
}
