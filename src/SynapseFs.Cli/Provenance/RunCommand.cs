using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;

namespace SynapseFs.Cli.Provenance;

/// <summary>synapsefs run [--] COMMAND: runs a command, has it recorded what it makes from what, and returns when Synapse has that.</summary>
internal static class RunCommand
{
    private const string Name = "run";
    private const int CannotBegin = 126;
    private const int NotFound = 127;

    public static Command Create(CommandContext context)
    {
        var source = new Option<string?>("--source")
        {
            Description = "What to mount for the command, as in synapsefs mount. Without it the mount that the working directory lies in " +
                "is used, or else all your projects are mounted.",
            HelpName = "SOURCE",
        };
        var (profile, endpoint, configuration) = (CommonOptions.Profile(), CommonOptions.Endpoint(), CommonOptions.Configuration());
        var words = new Argument<string[]>("COMMAND") { Description = "The command with its arguments.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            Name, "Run a command and record at Synapse, with each file that it writes, what it was made from. Returns when Synapse has " +
                "its files, with the command's exit code.") { source, profile, endpoint, configuration, words };
        command.SetAction((parsed, _) =>
        {
            var request = new MountRequest
            {
                Source = parsed.GetValue(source),
                Mountpoint = "",
                Profile = parsed.GetValue(profile),
                Endpoint = parsed.GetValue(endpoint),
                Configuration = parsed.GetValue(configuration) is { } file ? Path.GetFullPath(file) : null,
            };
            return RunAsync(context, request, parsed.GetRequiredValue(words));
        });
        return command;
    }

    /// <summary>The same arguments with "--" before the command, so that its options are not taken for ours. Pure.</summary>
    public static IReadOnlyList<string> Separated(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0] != Name)
            return arguments;
        var first = 1;
        while (first < arguments.Count && arguments[first].StartsWith('-') && arguments[first] != "--")
            first += arguments[first].Contains('=') || arguments[first] is "--help" or "-h" or "-?" ? 1 : 2;
        return first >= arguments.Count || arguments[first] == "--"
            ? arguments
            : [.. arguments.Take(first), "--", .. arguments.Skip(first)];
    }

    private static async Task<int> RunAsync(CommandContext context, MountRequest request, string[] words)
    {
        var registry = MountRegistry.Of(context.Surroundings);
        if (request.Source is null && FindHere(registry) is { } here)
            return await RunAsync(context, registry, here.Mount, words, Environment.CurrentDirectory);
        await using var own = await PrivateMount.StartAsync(context, request);
        var record = registry.Find(own.Mountpoint) ?? throw new CliException($"The mount at {own.Mountpoint} has ended.");
        return await RunAsync(context, registry, record, words, own.Mountpoint);
    }

    private static MountedPath? FindHere(MountRegistry registry)
    {
        try
        {
            return MountedPath.Resolve(Environment.CurrentDirectory, registry);
        }
        catch (CliException)
        {
            return null;
        }
    }

    private static async Task<int> RunAsync(
        CommandContext context, MountRegistry registry, MountRecord mount, string[] words, string directory)
    {
        var door = new ControlDoor(registry.SocketOf(mount.Pid));
        if (!await door.CaptureAsync(Environment.ProcessId, CancellationToken.None))
            throw new CliException($"{mount.Mountpoint} does not answer; its log: {mount.LogFile}");
        var code = await StartAsync(context.Terminal, words, directory);
        if (!mount.Sends)
        {
            context.Terminal.Remark($"{mount.Mountpoint} sends nothing, so what was written waits for another mount.");
            return code;
        }

        using var stop = new StopSignal();
        try
        {
            // What others change beside it is not its failure, and not its to wait for.
            var blocked = await door.WaitForAsync(Environment.ProcessId, stop.Token);
            foreach (var item in blocked ?? [])
                context.Terminal.Remark(PendingText.Line(mount.Mountpoint, item));
            if (blocked is null)
                context.Terminal.Remark($"{mount.Mountpoint} does not answer, so it cannot be told what is not yet sent.");
            return code == ExitCodes.Success && blocked is not [] ? ExitCodes.Failure : code;
        }
        catch (OperationCanceledException)
        {
            context.Terminal.Remark("Not all is sent yet; synapsefs status --pending shows what is not.");
            return code == ExitCodes.Success ? ExitCodes.Failure : code;
        }
    }

    // The runtime itself can only kill.
    private static void Terminate(int pid) =>
        Process.Start("sh", ["-c", "kill -TERM \"$0\"", pid.ToString(CultureInfo.InvariantCulture)])?.Dispose();

    private static async Task<int> StartAsync(Terminal terminal, string[] words, string directory)
    {
        // The terminal sends these to the command as well, and what they mean is for the command to say.
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var quits = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => signal.Cancel = true);
        try
        {
            using var command = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { WorkingDirectory = directory })!;
            // A batch system tells this process only.
            using var ends = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                Terminate(command.Id);
            });
            await command.WaitForExitAsync(CancellationToken.None);
            return command.ExitCode;
        }
        catch (Win32Exception problem)
        {
            const int NoSuchFile = 2;
            // The runtime's own sentence speaks of itself.
            terminal.Remark($"{words[0]} cannot be run: {new Win32Exception(problem.NativeErrorCode).Message}");
            return problem.NativeErrorCode == NoSuchFile ? NotFound : CannotBegin;
        }
    }
}
