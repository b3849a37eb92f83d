using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Logging;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Serving;
using SynapseFs.Server;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs serve --data DIR: the embedded Synapse-compatible server, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("serve", "Run an embedded Synapse-compatible server, for trying things out and for tests.");
        var options = new ServeOptions();
        options.AddTo(command);
        command.SetAction(parsed => RunAsync(context, options.Request(parsed), options.ReadyFile(parsed), options.IsVerbose(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, WorldRequest request, string? readyFile, bool verbose)
    {
        using var stop = new StopSignal();
        using var loggers = Logs.Create(LogSink.ToError(), verbose ? LogLevel.Debug : LogLevel.Warning, context.Time);
        await using var world = await ServedWorld.StartAsync(request, context.Terminal, loggers, context.Time, stop.Token);
        var ready = ReadyFile.Of(world.Server, world.Account);
        if (readyFile is not null)
            ready.Write(readyFile);
        Announce(context.Terminal, world.Server, request.Server.ListenAddress, ready, readyFile);
        await stop.Requested;
        if (readyFile is not null)
            File.Delete(readyFile);
        return ExitCodes.Success;
    }

    private static void Announce(Terminal terminal, SynapseServer server, IPAddress listenAddress, ReadyFile ready, string? readyFile)
    {
        terminal.Say($"Serving at {server.BaseAddress.GetLeftPart(UriPartial.Authority)}; Ctrl-C ends it, what is in it stays.");
        if (!IPAddress.IsLoopback(listenAddress))
            terminal.Remark($"Whoever reaches {listenAddress} may call it, and tokens travel unencrypted.");
        if (server.ControlAddress is { } control)
            terminal.Say($"Control interface at {control.GetLeftPart(UriPartial.Authority)}.");
        if (!terminal.IsInteractive)
        {
            // Output that goes to a file or a pipe may be read by others; the token goes only where its owner looks.
            if (readyFile is null)
                terminal.Remark("The token is shown on a terminal only; name a --ready-file to receive it.");
            return;
        }
        terminal.Say("");
        terminal.Say("For ~/.synapseConfig, to use it with any Synapse program:");
        terminal.Say("");
        terminal.Say(ready.ToConfiguration());
        foreach (var other in server.Accounts.Where(account => account.UserName != ready.Username))
            terminal.Say($"{other.UserName} has the token {other.Token}");
    }
}
