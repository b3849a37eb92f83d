using System.CommandLine;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;
using SynapseFs.Client;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs mount [SOURCE] MOUNTPOINT</summary>
internal static class MountCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = new Argument<string[]>("[SOURCE] MOUNTPOINT")
        {
            Description = "SOURCE: an id (syn123: a project or folder) or a project's name; without it the root lists your projects. MOUNTPOINT: an empty directory.",
            Arity = new ArgumentArity(1, 2),
        };
        var foreground = new Option<bool>("--foreground", "-f") { Description = "Stay in the foreground, log to standard error; Ctrl-C unmounts." };
        var serving = new Option<bool>("--serving") { Hidden = true };
        var readOnly = new Option<bool>("--read-only") { Description = "Nothing can be changed through the mount. In this version that is always so." };
        var cacheDirectory = new Option<string?>("--cache-dir") { Description = "Where to keep what was read. One mount at a time uses it.", HelpName = "DIR" };
        var cacheSize = CommonOptions.Size("--cache-size", "How much file content to keep there.", MountRequest.DefaultCacheSize);
        var ttl = CommonOptions.Duration("--metadata-ttl", "How old what you see may be before Synapse is asked again.", MountRequest.DefaultMetadataTtl);
        var allowOther = new Option<bool>("--allow-other") { Description = "Let other users of this machine read the mount, with your permissions at Synapse." };
        var offline = new Option<bool>("--offline") { Description = "Ask Synapse nothing; show what is already known." };
        var profile = CommonOptions.Profile();
        var endpoint = CommonOptions.Endpoint();
        var configuration = CommonOptions.Configuration();
        var verbose = CommonOptions.Verbose();
        var logFile = new Option<string?>("--log-file") { Description = "Where the background process logs. Default: mount-PID.log in ~/.local/state/synapsefs.", HelpName = "FILE" };
        var command = new Command("mount", "Mount a project, a folder, or all your projects. Returns when the mount works.")
        {
            paths, foreground, readOnly, cacheDirectory, cacheSize, ttl, allowOther, offline, profile, endpoint, configuration, verbose, logFile, serving,
        };
        command.SetAction(parsed =>
        {
            var given = parsed.GetRequiredValue(paths);
            if (given.FirstOrDefault(path => path.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
                throw CliException.Usage($"'{unknown}' is not an option. See synapsefs mount --help.");
            if (given is [var only] && SynapseEntityId.TryParse(only, out _) && !Directory.Exists(only))
                throw CliException.Usage($"Where is {only} to be mounted? Name an empty directory: synapsefs mount {only} MOUNTPOINT.");
            var request = new MountRequest
            {
                Source = given.Length == 2 ? CheckedSource(given[0]) : null,
                Mountpoint = Absolute(given[^1]),
                CacheDirectory = AbsoluteOrNull(parsed.GetValue(cacheDirectory)),
                CacheSize = parsed.GetValue(cacheSize) ?? MountRequest.DefaultCacheSize,
                MetadataTtl = parsed.GetValue(ttl) ?? MountRequest.DefaultMetadataTtl,
                AllowOther = parsed.GetValue(allowOther),
                Offline = parsed.GetValue(offline),
                Profile = parsed.GetValue(profile),
                Endpoint = parsed.GetValue(endpoint),
                Configuration = AbsoluteOrNull(parsed.GetValue(configuration)),
                Verbose = parsed.GetValue(verbose),
                LogFile = AbsoluteOrNull(parsed.GetValue(logFile)),
            };
            var isServing = parsed.GetValue(serving);
            return isServing || parsed.GetValue(foreground)
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

    private static string CheckedSource(string source) => source.Contains('/') || source.Length == 0
        ? throw CliException.Usage($"'{source}' is neither an id (syn123) nor a project's name; the order is: synapsefs mount [SOURCE] MOUNTPOINT.")
        : source;

    private static string Absolute(string path) => path.Length == 0
        ? throw CliException.Usage("The mountpoint is empty; name a directory.")
        : path.StartsWith("/dev/fd/", StringComparison.Ordinal) ? path : RealPath.Of(path);

    private static string? AbsoluteOrNull(string? path) => path is null ? null : Path.GetFullPath(path);
}
