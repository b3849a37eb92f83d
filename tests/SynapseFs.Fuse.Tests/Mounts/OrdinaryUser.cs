using System.Runtime.Versioning;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>Somebody without privileges: a user of the tests' own when they run as root, else whoever runs them.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class OrdinaryUser : IDisposable
{
    private const string Name = "synapsefs-test";

    private readonly TemporaryDirectory _directory;

    private OrdinaryUser(TemporaryDirectory directory, IReadOnlyList<string> become, string program)
    {
        _directory = directory;
        Become = become;
        Program = program;
    }

    /// <summary>What to put before a command so that the user runs it; empty when that is us.</summary>
    public IReadOnlyList<string> Become { get; }

    /// <summary>A copy of the mounting program that the user may run, wherever the checkout is.</summary>
    public string Program { get; }

    /// <summary>Where the user may make directories.</summary>
    public string Home => _directory.Path;

    public static async Task<OrdinaryUser> FindAsync()
    {
        FuseDeviceAccess.OpenToEverybody();
        var directory = new TemporaryDirectory();
        if (!FuseDeviceAccess.IsRoot)
            return new OrdinaryUser(directory, [], MemoryMountProcess.Program);

        if ((await Command.RunAsync("id", [Name])).ExitCode != 0)
            _ = (await Command.RunAsync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", Name])).Text;
        var copy = directory.Combine("program");
        _ = (await Command.RunAsync("cp", ["-r", Path.GetDirectoryName(MemoryMountProcess.Program)!, copy])).Text;
        _ = (await Command.RunAsync("chown", ["-R", Name, directory.Path])).Text;
        // setpriv becomes the program; runuser and su stay in between, and signals would reach only them.
        string[] become = ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--"];
        var runs = await Command.RunAsync(become[0], [.. become[1..], "test", "-r", Path.Combine(MemoryMountProcess.DotnetRoot, "host")]);
        if (runs.ExitCode != 0)
            Assert.Ignore($"Ordinary users cannot read the .NET runtime in {MemoryMountProcess.DotnetRoot}.");
        return new OrdinaryUser(directory, become, Path.Combine(copy, Path.GetFileName(MemoryMountProcess.Program)));
    }

    public async Task<CommandResult> RunAsync(params string[] command)
    {
        string[] line = [.. Become, .. command];
        return await Command.RunAsync(line[0], line[1..], new Dictionary<string, string> { ["DOTNET_ROOT"] = MemoryMountProcess.DotnetRoot });
    }

    /// <summary>A new directory that belongs to the user.</summary>
    public async Task<string> MakeDirectoryAsync(string name)
    {
        var path = _directory.Combine(name);
        _ = (await RunAsync("mkdir", path)).Text;
        return path;
    }

    public void Dispose() => _directory.Dispose();
}
