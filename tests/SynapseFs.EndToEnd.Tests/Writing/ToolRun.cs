using System.Globalization;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>A tool at work in one place, and what came of it.</summary>
internal sealed class ToolRun
{
    private ToolRun(CommandResult result, IReadOnlyList<string> tree) => (Result, Tree) = (result, tree);

    /// <summary>What the script printed and how it ended.</summary>
    public CommandResult Result { get; }

    /// <summary>One line for each name: what it is, and a file's bytes and sum, except for what varies.</summary>
    public IReadOnlyList<string> Tree { get; }

    /// <summary>Skips the test when a program that the tool needs is not there.</summary>
    public static async Task RequireAsync(Tool tool)
    {
        foreach (var need in tool.Needs)
        {
            if ((await Command.ShellAsync(need.Contains(' ', StringComparison.Ordinal) ? need : $"command -v {need}")).ExitCode != 0)
                Assert.Ignore($"{need} does not run here.");
        }
    }

    /// <summary>Runs it in an empty directory, made for it.</summary>
    public static async Task<ToolRun> StartAsync(Tool tool, string directory)
    {
        using var outside = new TemporaryDirectory();
        Directory.CreateDirectory(directory);
        var environment = new Dictionary<string, string> { ["OUT"] = outside.Path, ["HOME"] = outside.Path, ["LC_ALL"] = "C.UTF-8" };
        var result = await Command.ShellAsync($"set -eu; cd '{directory}'\n{tool.Script}", environment);
        return new ToolRun(result, await TreeAsync(tool, directory));
    }

    private static async Task<IReadOnlyList<string>> TreeAsync(Tool tool, string directory)
    {
        var varying = string.Concat(tool.Varying.Select(pattern => string.Create(CultureInfo.InvariantCulture, $" -not -path '{pattern}'")));
        var told = await Command.ShellAsync(
            $"cd '{directory}' && find . -mindepth 1{varying} -type f -exec md5sum {{}} + | sort -k2 && find . -mindepth 1{varying} -not -type f -printf '%y %p\\n' | sort");
        return told.Lines;
    }
}
