using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Serving;
using SynapseFs.Cli.Waiting;
using SynapseFs.Fuse;
using SynapseFs.Server;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs demo [DIR]: an embedded server with the sample project, mounted, until Ctrl-C or an unmount.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandContext context)
    {
        var directory = new Argument<string?>("DIR")
        {
            Description = "Where the server's data, the cache and the mountpoint go; made when missing. Default: ~/synapsefs-demo.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        directory.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] value }])
                result.AddError($"'{value}' is not an option.");
        });
        var command = new Command("demo", "Try it: an embedded server with sample data, mounted. Ctrl-C ends it.") { directory };
        command.SetAction(parsed => RunAsync(context, RealPath.Of(parsed.GetValue(directory) ?? Path.Combine(context.Surroundings.Home, "synapsefs-demo"))));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string directory)
    {
        var terminal = context.Terminal;
        var mountpoint = Path.Combine(directory, "mnt");
        PrivateFile.CreateDirectory(directory);
        if (!Unmounter.IsStale(mountpoint))
            Directory.CreateDirectory(mountpoint);
        using var stop = new StopSignal();
        using var loggers = Logs.Create(LogSink.ToError(), LogLevel.Warning, context.Time);
        terminal.Say("Starting the embedded server and filling it with sample data (the first time takes a little) …");
        var request = new WorldRequest { Server = new ServerOptions { DataDirectory = Path.Combine(directory, "data") }, WithSample = true };
        await using var world = await ServedWorld.StartAsync(request, terminal, loggers, context.Time, stop.Token);
        var configuration = Path.Combine(directory, "synapseConfig");
        PrivateFile.Write(configuration, ReadyFile.Of(world.Server, world.Account).ToConfiguration());
        var mount = new MountRequest
        {
            Mountpoint = mountpoint,
            Configuration = configuration,
            CacheDirectory = Path.Combine(directory, "cache"),
            LogFile = Path.Combine(directory, "mount.log"),
        };
        using var child = await new MountLauncher(terminal).LaunchAsync(mount, stop.Token);
        var suggestions = new DemoSuggestions(mountpoint, Environment.ProcessPath ?? "synapsefs", configuration);
        Announce(terminal, suggestions, context.Surroundings.FindProgram("samtools") is not null);
        await Task.WhenAny(child.WaitForExitAsync(CancellationToken.None), stop.Requested);
        await EndAsync(child, mountpoint, context);
        terminal.Say($"The demo has ended. What was in it stays in {directory}; delete that directory to be rid of it.");
        return ExitCodes.Success;
    }

    private static void Announce(Terminal terminal, DemoSuggestions suggestions, bool hasSamtools)
    {
        terminal.Say("");
        terminal.Say("Things to try, one after the other, from another terminal:");
        terminal.Say("");
        foreach (var (number, suggestion) in suggestions.List(hasSamtools).Index())
        {
            terminal.Say($"  {number + 1}. {suggestion.What}");
            terminal.Say($"     {suggestion.Command}");
        }
        terminal.Say("");
        terminal.Say($"Other Synapse programs reach the same server with the configuration in {suggestions.Configuration}");
        terminal.Say($"Ctrl-C here ends everything; so does: {ShellText.Quote(suggestions.Program)} unmount {ShellText.Quote(suggestions.Mountpoint)}");
        terminal.Output.Flush();
    }

    private static async Task EndAsync(Process child, string mountpoint, CommandContext context)
    {
        if (child.HasExited)
            return;
        var terminal = context.Terminal;
        await DrainAsync(mountpoint, context);
        try
        {
            await Task.Run(() => Unmounter.Unmount(mountpoint, lazy: false));
        }
        catch (FuseMountException problem) when (problem.Failure == MountFailure.Busy)
        {
            terminal.Remark($"{mountpoint} is still in use; whoever uses it is cut off.");
            await Task.Run(() => Unmounter.Unmount(mountpoint, lazy: true));
            child.Kill();
        }
        catch (FuseMountException problem) when (problem.Failure == MountFailure.NotMounted)
        {
            // Somebody else was faster.
        }
        await child.WaitForExitAsync(CancellationToken.None);
    }

    // The server ends with the demo, so what is to be in it has to go there now.
    private static async Task DrainAsync(string mountpoint, CommandContext context)
    {
        var registry = MountRegistry.Of(context.Surroundings);
        if (registry.Find(mountpoint) is not { } record)
            return;
        try
        {
            await new UnmountDrain(record, registry, context).RunAsync(UnmountDrain.Patience);
        }
        catch (CliException)
        {
            // A second Ctrl-C: the rest stays in the cache, and the next demo sends it.
        }
    }
}
