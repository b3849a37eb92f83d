using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>A command line that is wrong ends with 2 and one line that names what is wrong.</summary>
internal sealed class UsageTests
{
    [TestCase("frobnicate", "'frobnicate' is not known here")]
    [TestCase("mount", "Required argument missing")]
    [TestCase("mount a b c", "'c' is not known here")]
    [TestCase("mount --no-such-option syn1 x", "'--no-such-option' is not an option")]
    [TestCase("mount --no-such-option x", "'--no-such-option' is not an option")]
    [TestCase("mount --cache-size many x", "'many' is not a size; write it like 500M or 10G")]
    [TestCase("mount --metadata-ttl soon x", "'soon' is not a duration; write it like 10s or 2m")]
    [TestCase("mount /mnt/x syn1", "the order is: synapsefs mount [SOURCE] MOUNTPOINT")]
    [TestCase("mount syn1", "Where is syn1 to be mounted? Name an empty directory")]
    [TestCase("mount --sync always syn1 x", "--sync 'always' is unknown; write local or remote. See synapsefs mount --help")]
    [TestCase("mount --names wild syn1 x", "--names 'wild' is unknown; write strict or escape")]
    [TestCase("wait", "Name one path, or --all")]
    [TestCase("wait --all x", "Name one path, or --all")]
    [TestCase("wait --timeout soon x", "--timeout 'soon' is not a duration")]
    [TestCase("trash", "Required command was not provided")]
    [TestCase("trash restore", "See synapsefs trash restore --help")]
    [TestCase("serve", "'--data' is required")]
    [TestCase("serve --data /tmp/x --port 70000", "'70000' is not a port")]
    [TestCase("unmount", "Required argument missing")]
    [TestCase("demo --no-such-option", "'--no-such-option' is not an option")]
    public async Task A_wrong_command_line_is_one_sentence_and_exit_code_2(string line, string expected)
    {
        var result = await Command.RunAsync(ProgramFiles.Synapsefs, line.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Error, Does.StartWith("synapsefs: ").And.Contain(expected));
        Assert.That(result.Error.TrimEnd('\n'), Does.Not.Contain('\n'));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public async Task The_version_is_told()
    {
        var result = await Command.RunAsync(ProgramFiles.Synapsefs, ["--version"]);

        Assert.That(result.Text, Does.Match(@"^\d+\.\d+\.\d+$"));
    }
}
