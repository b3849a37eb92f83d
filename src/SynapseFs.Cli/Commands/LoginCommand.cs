using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Cli.Accounts;
using SynapseFs.Cli.Options;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Commands;

/// <summary>synapsefs login: takes a token, makes sure that Synapse knows it, and keeps it in ~/.synapseConfig.</summary>
internal static class LoginCommand
{
    public static Command Create(CommandContext context)
    {
        var profile = CommonOptions.Profile();
        var endpoint = CommonOptions.Endpoint();
        var configuration = CommonOptions.Configuration();
        var command = new Command("login", "Keep your access token in ~/.synapseConfig, after making sure that Synapse takes it.")
        {
            profile, endpoint, configuration,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new ConfigurationRequest
            {
                Endpoint = parsed.GetValue(endpoint),
                ConfigPath = parsed.GetValue(configuration) is { } path ? Path.GetFullPath(path) : null,
                Token = TokenPrompt.Ask(context.Terminal),
                Environment = context.Surroundings.Variable,
                HomeDirectory = context.Surroundings.Home,
            };
            return RunAsync(context, request, parsed.GetValue(profile), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ConfigurationRequest request, string? profile, CancellationToken cancellationToken)
    {
        var token = request.Token!;
        if (TokenScopes.Missing(token) is { Count: > 0 } missing)
            throw new CliException($"The token lacks the scope {string.Join(" and ", missing)}; make one with view, download and modify at {TokenScopes.TokenPage}");
        var userName = await VerifyAsync(SettingsFor(request), context.Time, cancellationToken);
        var path = request.EffectiveConfigPath;
        ConfigurationWriter.SaveCredentials(path, profile ?? "default", userName, token);
        context.Terminal.Say($"Synapse knows you as {userName}. The token is in {path}, which only you can read.");
        if (request.Endpoint is not null)
            context.Terminal.Remark($"The address is not kept: give --endpoint {request.Endpoint} to mount as well, or put it under [endpoints] in {path}.");
        return ExitCodes.Success;
    }

    /// <summary>A file that login is about to make need not exist yet.</summary>
    private static SynapseSettings SettingsFor(ConfigurationRequest request) => File.Exists(request.EffectiveConfigPath)
        ? SynapseConfiguration.Load(request)
        : new SynapseSettings
        {
            Endpoints = request.Endpoint is { } endpoint ? SynapseEndpoints.FromOverride(endpoint) : SynapseEndpoints.Production,
            Token = request.Token,
        };

    private static async Task<string> VerifyAsync(SynapseSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var client = new SynapseClient(settings, new SynapseClientOptions(), time, NullLoggerFactory.Instance);
        var profile = await client.Account.GetProfileAsync(RequestPriority.Interactive, cancellationToken);
        return profile.UserName is { Length: > 0 } name && name != "anonymous"
            ? name
            : throw new CliException($"{settings.Endpoints.Repo.Host} takes the token for nobody's; make one at {TokenScopes.TokenPage}");
    }
}
