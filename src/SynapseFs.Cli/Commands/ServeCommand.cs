using System.CommandLine;
using Microsoft.Extensions.Logging;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Serving;
using SynapseFs.Server;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs serve --data DIR: the embedded Synapse-compatible server, until it is stopped.</summary>
internal static class ServeCommand
{
    /// <summary>Synapse's own.</summary>
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromSeconds(30);

    public static Command Create(CommandContext context)
    {
        var data = new Option<string>("--data") { Description = "Where the server keeps everything; made when missing.", HelpName = "DIR", Required = true };
        var port = CommonOptions.Port("--port", "Port on 127.0.0.1; 0, the default, takes any free one.");
        var controlPort = CommonOptions.Port("--control-port", "Port of the control interface (request log, faults) on 127.0.0.1; without it there is none.");
        var readyFile = new Option<string?>("--ready-file") { Description = "Written (0600) once the server accepts calls and all imports are done: endpoints, user name and token as JSON.", HelpName = "FILE" };
        var imports = new Option<string[]>("--import") { Description = "Make a project out of a local folder. May be given several times.", HelpName = "FOLDER[=NAME]" };
        var sample = new Option<bool>("--sample") { Description = "Make the sample project." };
        var users = new Option<string?>("--user-file") { Description = "Users, one NAME:TOKEN a line; the first is who the ready file names.", HelpName = "FILE" };
        var urlLifetime = CommonOptions.Duration("--url-lifetime", "How long a download URL may be used.", UrlLifetime);
        var verbose = CommonOptions.Verbose();
        var command = new Command("serve", "Run an embedded Synapse-compatible server, for trying things out and for tests.")
        {
            data, port, controlPort, readyFile, imports, sample, users, urlLifetime, verbose,
        };
        command.SetAction(parsed =>
        {
            var request = new WorldRequest
            {
                Server = new ServerOptions
                {
                    DataDirectory = Path.GetFullPath(parsed.GetRequiredValue(data)),
                    Port = parsed.GetValue(port) ?? 0,
                    ControlPort = parsed.GetValue(controlPort),
                    UrlLifetime = parsed.GetValue(urlLifetime) ?? UrlLifetime,
                    Users = parsed.GetValue(users) is { } file ? AccountFile.Read(file) : [],
                },
                WithSample = parsed.GetValue(sample),
                Imports = [.. (parsed.GetValue(imports) ?? []).Select(ImportRequest.Parse)],
            };
            return RunAsync(context, request, parsed.GetValue(readyFile), parsed.GetValue(verbose));
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, WorldRequest request, string? readyFile, bool verbose)
    {
        using var stop = new StopSignal();
        using var loggers = Logs.Create(LogSink.ToError(), verbose ? LogLevel.Debug : LogLevel.Warning, context.Time);
        await using var world = await ServedWorld.StartAsync(request, context.Terminal, loggers, context.Time, stop.Token);
        var ready = ReadyFile.Of(world.Server, world.Account);
        if (readyFile is not null)
            ready.Write(Path.GetFullPath(readyFile));
        Announce(context.Terminal, world.Server, ready, readyFile);
        await stop.Requested;
        if (readyFile is not null)
            File.Delete(readyFile);
        return ExitCodes.Success;
    }

    private static void Announce(Terminal terminal, SynapseServer server, ReadyFile ready, string? readyFile)
    {
        terminal.Say($"Serving at {server.BaseAddress.GetLeftPart(UriPartial.Authority)}; Ctrl-C ends it, what is in it stays.");
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
    }
}
