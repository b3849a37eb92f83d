using SynapseFs.Entities.Capturing;

namespace SynapseFs.Entities.Tests.Capturing;

internal sealed class ScriptRuleTests
{
    [TestCase("python3", "run.py", "data.csv")]
    [TestCase("python3.13", "-u", "./run.py")]
    [TestCase("python3", "-W", "ignore", "/mnt/d/run.py")]
    [TestCase("python3", "-X", "dev", "--", "run.py")]
    [TestCase("R", "--file=run.py")]
    [TestCase("R", "-f", "run.py", "--args", "x")]
    [TestCase("Rscript", "--vanilla", "run.py", "data.csv")]
    [TestCase("mawk", "-F:", "-v", "a=b", "-f", "run.py", "data.csv")]
    [TestCase("gawk", "-f", "lib.awk", "-frun.py", "data.csv")]
    [TestCase("perl", "-Mre=debug", "-w", "run.py")]
    [TestCase("ruby", "-I", "lib", "run.py")]
    [TestCase("node", "--require", "./x.js", "run.py")]
    [TestCase("bash", "-eo", "pipefail", "run.py", "x")]
    [TestCase("dash", "+e", "run.py")]
    [TestCase("java", "-Xmx4g", "-jar", "run.py")]
    [TestCase("deno", "run", "--allow-read", "run.py")]
    public void The_script_is_the_first_word_that_is_no_option_or_what_an_option_names(string program, params string[] arguments) =>
        Assert.That(IsScript(program, arguments), Is.True);

    [TestCase("python3", "other.py", "run.py")]
    [TestCase("python3", "/home/me/run.py", "x")]
    [TestCase("python3", "-c", "open('run.py')", "run.py")]
    [TestCase("python3", "-m", "tool", "run.py")]
    [TestCase("python3", "-Im", "tool", "run.py")]
    [TestCase("python3", "-", "run.py")]
    [TestCase("python3")]
    [TestCase("mawk", "1", "run.py")]
    [TestCase("gawk", "-F", ":", "{ print }", "run.py")]
    [TestCase("gawk", "-f", "prog.awk", "run.py")]
    [TestCase("perl", "-pe", "1", "run.py")]
    [TestCase("perl", "-0777", "-lane", "1", "run.py")]
    [TestCase("perl", "-i.bak", "-e", "1", "run.py")]
    [TestCase("ruby", "-ne", "puts", "run.py")]
    [TestCase("node", "-e", "1", "run.py")]
    [TestCase("node", "--eval=1", "run.py")]
    [TestCase("Rscript", "-e", "1", "run.py")]
    [TestCase("R", "-e", "1", "--args", "run.py")]
    [TestCase("bash", "-ec", "cat run.py", "run.py")]
    [TestCase("sort", "run.py")]
    public void Data_is_no_script(string program, params string[] arguments) => Assert.That(IsScript(program, arguments), Is.False);

    private static bool IsScript(string program, string[] arguments) => ScriptRule.IsScript(
        new ProcessFacts(new ProcessKey(1, 1), 0, program, [program, .. arguments]), "/mnt/d", "/mnt/d/run.py");
}
