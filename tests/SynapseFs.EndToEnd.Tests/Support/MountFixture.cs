using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Support;

/// <summary>A server with a project, a second person without rights, and a mount of the project: anew for each test.</summary>
internal abstract class MountFixture
{
    private const string ReaderToken = "sfs_reader_token_of_this_test";

    protected World World { get; private set; } = null!;

    protected Mount Mount { get; set; } = null!;

    /// <summary>The second person, called 'reader'.</summary>
    protected long Reader => World.Server.Accounts.Single().PrincipalId;

    protected virtual string[] MountOptions => ["--settle", "200ms"];

    /// <summary>Where scripts run.</summary>
    protected virtual string WorkingDirectory => Mount.Mountpoint;

    [SetUp]
    public async Task Serve_and_mount()
    {
        var reader = new ServerUser { Name = "reader", Token = ReaderToken };
        World = await World.StartAsync(options => options with { MakesPreviews = false, Users = [reader] });
        await FillAsync();
        Mount = await World.MountAsync(MountOptions);
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await Mount.DisposeAsync();
        await World.DisposeAsync();
    }

    /// <summary>What the project holds when it is mounted.</summary>
    protected abstract Task FillAsync();

    protected async Task<Mount> MountAsReaderAsync(params string[] options)
    {
        World.MountToken = ReaderToken;
        return await World.MountSourceAsync(World.Project, "reader", options);
    }

    /// <summary>What a script prints that has to succeed; its $OUT is a directory beside the mount.</summary>
    protected async Task<string> ShellAsync(string script)
    {
        var environment = new Dictionary<string, string> { ["OUT"] = World.Directory("out"), ["LC_ALL"] = "C.UTF-8" };
        var result = await Command.ShellAsync($"set -eu; cd '{WorkingDirectory}'\n{script}", environment);
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{Mount.Said}");
        return result.Output.Trim();
    }
}
