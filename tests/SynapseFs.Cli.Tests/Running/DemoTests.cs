using System.Diagnostics;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>The demo as a newcomer meets it.</summary>
internal sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Test]
    public async Task Every_line_that_the_demo_prints_works_when_pasted_and_what_was_written_is_there_the_next_time()
    {
        Machine.RequireFuse();
        using var folder = new TemporaryDirectory();
        var environment = new Dictionary<string, string> { ["HOME"] = folder.Path, ["XDG_RUNTIME_DIR"] = folder.Path };

        var lines = await RunAsync(folder, environment, async commands =>
        {
            foreach (var command in commands)
            {
                var result = await Command.ShellAsync(command, environment);
                Assert.That(result.ExitCode, Is.Zero, result.ToString());
            }

            await Command.ShellAsync($"echo kept > '{folder.Combine("demo", "mnt", "sample", "kept.txt")}'");
        });
        Assert.That(lines, Has.Count.GreaterThanOrEqualTo(8));

        var again = "";
        await RunAsync(folder, environment, async _ => again = (await Command.ShellAsync($"cat '{folder.Combine("demo", "mnt", "sample", "kept.txt")}'")).Text);

        Assert.That(again, Is.EqualTo("kept"));
    }

    /// <summary>Runs the demo until the work is done, then ends it by Ctrl-C; the commands that it proposed.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(
        TemporaryDirectory folder, Dictionary<string, string> environment, Func<IReadOnlyList<string>, Task> work)
    {
        using var demo = Process.Start(
            Command.StartInfo("env", ["--default-signal=INT", ProgramFiles.Synapsefs, "demo", folder.Combine("demo")], environment))!;
        var errors = demo.StandardError.ReadToEndAsync();
        List<string> commands = [];
        while (await demo.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line && !line.StartsWith("Ctrl-C here", StringComparison.Ordinal))
        {
            if (line.StartsWith("     ", StringComparison.Ordinal))
                commands.Add(line.Trim());
        }

        try
        {
            await work(commands);
        }
        finally
        {
            await Command.ShellAsync($"kill -INT {demo.Id}");
            await demo.WaitForExitAsync().WaitAsync(Patience);
        }

        Assert.That(demo.ExitCode, Is.Zero, await errors);
        return commands;
    }
}
