using System.Diagnostics;
using SynapseFs.Cli.Output;

namespace SynapseFs.Cli.Mounting;

/// <summary>Starts the process that serves a mount, waits until it works, and passes on what it says. Secrets travel by environment and file only.</summary>
internal sealed class MountLauncher(Terminal terminal)
{
    /// <summary>Returns the serving process once its mount works, having shown what it said.</summary>
    /// <exception cref="CliException">The mount did not come about.</exception>
    public async Task<Process> LaunchAsync(MountRequest request, CancellationToken cancellationToken)
    {
        var child = Process.Start(StartInfo(request)) ?? throw new CliException("The mount's process could not be started.");
        var errors = child.StandardError.ReadToEndAsync(CancellationToken.None);
        // The child ends when its standard input does before it is ready, so nobody is left behind when this process is stopped.
        using var canceled = cancellationToken.Register(child.StandardInput.Close);
        while (await child.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.StartsWith(Readiness.Note, StringComparison.Ordinal))
                terminal.Remark(line[Readiness.Note.Length..]);
            else if (Readiness.ParseFailed(line) is var (code, sentence))
                throw new CliException(sentence, code);
            else if (line.StartsWith(Readiness.Ready, StringComparison.Ordinal))
            {
                terminal.Say(line[Readiness.Ready.Length..]);
                return child;
            }
        }
        await child.WaitForExitAsync(CancellationToken.None);
        throw new CliException(
            $"The mount's process ended with {child.ExitCode} before it was ready. {Tail(await errors)} Run it with --foreground to watch it.");
    }

    private static string Tail(string text) => text.Length <= 2000 ? text : text[^2000..];

    private static ProcessStartInfo StartInfo(MountRequest request)
    {
        var program = Environment.ProcessPath ?? throw new CliException("The program's own file is unknown; run it with --foreground.");
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Run as "dotnet synapsefs.dll", this process's own file is the runtime's.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "synapsefs.dll"));
        foreach (var argument in request.ToServingArguments())
            start.ArgumentList.Add(argument);
        return start;
    }
}
