using System.CommandLine;
using SynapseFs.Cli.Mounting;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs mount [SOURCE] MOUNTPOINT</summary>
internal static class MountCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("mount", "Mount a project, a folder, or all your projects, to read and to write. Returns when the " +
            "mount works.");
        var options = new MountCommandOptions(context.Time);
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = options.Request(parsed);
            var isServing = options.IsServing(parsed);
            return isServing || options.IsForeground(parsed)
                ? MountProcess.RunAsync(request, isServing, context)
                : LaunchAsync(request, context);
        });
        return command;
    }

    private static async Task<int> LaunchAsync(MountRequest request, CommandContext context)
    {
        using var stop = new StopSignal();
        using var child = await new MountLauncher(context.Terminal).LaunchAsync(request, stop.Token);
        return ExitCodes.Success;
    }
}
