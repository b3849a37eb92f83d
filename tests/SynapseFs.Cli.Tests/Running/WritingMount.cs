using System.Text.Json;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>A world and a place to mount its project at, for tests that write.</summary>
internal sealed class WritingMount : IAsyncDisposable
{
    private WritingMount(World world)
    {
        World = world;
        Mountpoint = world.MakeDirectory("mnt with blank");
    }

    public World World { get; }

    public string Mountpoint { get; }

    public string this[string path] => Path.Combine(Mountpoint, path);

    public static async Task<WritingMount> StartAsync()
    {
        Machine.RequireFuse();
        return new WritingMount(await World.StartAsync());
    }

    public async Task<CommandResult> MountAsync(params string[] options)
    {
        var mounted = await World.MountAsync([World.ProjectId, Mountpoint, .. options]);
        Assert.That(mounted.ExitCode, Is.Zero, mounted.ToString());
        return mounted;
    }

    public Task<CommandResult> UnmountAsync(params string[] options) => World.RunAsync(["unmount", Mountpoint, .. options]);

    public Task<CommandResult> WaitAsync(string path) => World.RunAsync("wait", this[path]);

    /// <summary>A line for the shell with the mount as its working directory. Never this process: nobody waits for their own mount.</summary>
    public Task<CommandResult> ShellAsync(string line) => Command.ShellAsync($"cd '{Mountpoint}' && {line}", World.Environment());

    public async Task<JsonElement> StatusAsync()
    {
        using var json = JsonDocument.Parse((await World.RunAsync("status", "--json")).Text);
        return json.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        if (Machine.IsMounted(Mountpoint))
            await UnmountAsync("--now");
        if (Machine.IsMounted(Mountpoint))
            await UnmountAsync("--lazy");
        await World.DisposeAsync();
    }
}
