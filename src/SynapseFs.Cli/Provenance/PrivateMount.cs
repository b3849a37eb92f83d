using System.Diagnostics;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Output;
using SynapseFs.Fuse;

namespace SynapseFs.Cli.Provenance;

/// <summary>A mount for one command, in a directory of its own that only this user may enter; gone when disposed.</summary>
internal sealed class PrivateMount : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly Process _process;

    private PrivateMount(DirectoryInfo directory, Process process) => (_directory, _process) = (directory, process);

    public string Mountpoint => _directory.FullName;

    public static async Task<PrivateMount> StartAsync(CommandContext context, MountRequest wanted)
    {
        var directory = Directory.CreateTempSubdirectory("synapsefs-run-");
        try
        {
            using var stop = new StopSignal();
            // What the command writes to standard output is its own.
            var terminal = new Terminal(context.Terminal.Error, context.Terminal.Error, isInteractive: false);
            var request = wanted with { Mountpoint = RealPath.Of(directory.FullName), CapturesProvenance = true };
            return new PrivateMount(directory, await new MountLauncher(terminal).LaunchAsync(request, stop.Token));
        }
        catch
        {
            directory.Delete();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            Unmounter.Unmount(Mountpoint, lazy: false);
        }
        catch (FuseMountException)
        {
            // Something that the command has left running is still in it.
            Unmounter.Unmount(Mountpoint, lazy: true);
        }

        using (_process)
            await _process.WaitForExitAsync();
        _directory.Delete();
    }
}
