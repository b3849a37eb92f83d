using System.CommandLine;
using System.Text.Json;
using SynapseFs.Cli.Checks;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Registry;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs doctor: everything that mounting needs, each with its remedy.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var profile = CommonOptions.Profile();
        var endpoint = CommonOptions.Endpoint();
        var configuration = CommonOptions.Configuration();
        var mountpoint = new Option<string?>("--mountpoint") { Description = "Also check whether this directory can be mounted on.", HelpName = "DIR" };
        var cacheDirectory = new Option<string?>("--cache-dir") { Description = "Check this cache directory instead of the usual one.", HelpName = "DIR" };
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Check everything that mounting needs, and name the remedy for what is missing.")
        {
            profile, endpoint, configuration, mountpoint, cacheDirectory, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ConfigurationRequest
            {
                Profile = parsed.GetValue(profile),
                Endpoint = parsed.GetValue(endpoint),
                ConfigPath = parsed.GetValue(configuration),
                Environment = context.Surroundings.Variable,
                HomeDirectory = context.Surroundings.Home,
            };
            List<CheckResult> results = [.. new MachineChecks(context.Surroundings).Run()];
            if (parsed.GetValue(mountpoint) is { } directory)
                results.Add(MountChecks.Mountpoint(Path.GetFullPath(directory)));
            results.Add(StorageChecks.Cache(Path.GetFullPath(parsed.GetValue(cacheDirectory) ?? context.Surroundings.CacheRoot)));
            results.Add(StorageChecks.Sqlite());
            results.AddRange(await new MountChecks(StatusReader.Of(context.Surroundings)).RunAsync(cancellationToken));
            results.AddRange(await new AccountChecks(request, context.Time).RunAsync(cancellationToken));
            return Show(context, results, parsed.GetValue(json));
        });
        return command;
    }

    private static int Show(CommandContext context, IReadOnlyList<CheckResult> results, bool asJson)
    {
        var isHealthy = results.All(result => result.Outcome != CheckOutcome.Fail);
        if (asJson)
            context.Terminal.Say(JsonSerializer.Serialize(new CheckReport(isHealthy, results), CliJson.Readable.CheckReport));
        else
        {
            foreach (var result in results)
                ShowOne(context, result);
            context.Terminal.Say(isHealthy ? "Ready to mount." : "Mounting will not work before what failed is mended.");
        }
        return isHealthy ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void ShowOne(CommandContext context, CheckResult result)
    {
        var outcome = result.Outcome switch { CheckOutcome.Ok => "ok  ", CheckOutcome.Warn => "warn", _ => "FAIL" };
        context.Terminal.Say($"{outcome}  {result.Name}: {result.Finding}");
        if (result.Remedy is not null)
            context.Terminal.Say($"      → {result.Remedy}");
    }
}
