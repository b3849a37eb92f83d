using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Cli.Accounts;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Checks;

/// <summary>Whether Synapse answers, and whom it takes us for.</summary>
internal sealed class AccountChecks(ConfigurationRequest request, TimeProvider time)
{
    private const string ConfigurationName = "configuration";
    private const string EndpointName = "endpoint";
    private const string TokenName = "token";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var file = ConfigurationFile();
        SynapseSettings settings;
        try
        {
            settings = SynapseConfiguration.Load(request);
        }
        catch (SynapseConfigurationException problem)
        {
            return [file, CheckResult.Fail(ConfigurationName, problem.Message, "Repair what the sentence names, or run: synapsefs login")];
        }
        await using var client = new SynapseClient(settings, new SynapseClientOptions(), time, NullLoggerFactory.Instance);
        var endpoint = await EndpointAsync(client, settings, cancellationToken);
        return endpoint.Outcome == CheckOutcome.Fail ? [file, endpoint] : [file, endpoint, await TokenAsync(client, settings, cancellationToken)];
    }

    public CheckResult ConfigurationFile()
    {
        var path = request.EffectiveConfigPath;
        if (!File.Exists(path))
            return CheckResult.Ok(ConfigurationName, $"{path} does not exist; the environment and the defaults hold.");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0
            ? CheckResult.Warn(ConfigurationName, $"Others may read {path}, which holds your token.", $"Close it: chmod 600 {path}")
            : CheckResult.Ok(ConfigurationName, path);
    }

    private static async Task<CheckResult> EndpointAsync(SynapseClient client, SynapseSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var version = await client.Account.GetVersionAsync(RequestPriority.Interactive, cancellationToken);
            return CheckResult.Ok(EndpointName, $"{settings.Endpoints.Repo} answers (version {version.Version}).");
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.Unauthorized)
        {
            // It is there; what it thinks of the token is another check.
            return CheckResult.Ok(EndpointName, $"{settings.Endpoints.Repo} answers.");
        }
        catch (SynapseException problem)
        {
            return CheckResult.Fail(
                EndpointName,
                $"{settings.Endpoints.Repo} does not answer: {problem.Message}",
                "Check the network, a proxy (HTTPS_PROXY), and the address (--endpoint, or [endpoints] in the configuration).");
        }
    }

    private static async Task<CheckResult> TokenAsync(SynapseClient client, SynapseSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Token is null)
            return CheckResult.Warn(TokenName, "There is none, so only public data can be read.", "Run: synapsefs login");
        try
        {
            var profile = await client.Account.GetProfileAsync(RequestPriority.Interactive, cancellationToken);
            var missing = TokenScopes.Missing(settings.Token);
            if (missing.Count == 0 && !TokenScopes.AllowWriting(settings.Token))
                missing = ["modify"];
            return missing.Count == 0
                ? CheckResult.Ok(TokenName, $"Synapse knows you as {profile.UserName} (token from {settings.TokenSource}).")
                : CheckResult.Warn(
                    TokenName,
                    $"The token of {profile.UserName} lacks the scope {string.Join(" and ", missing)}.",
                    $"Make one with view, download and modify at {TokenScopes.TokenPage} and run: synapsefs login");
        }
        catch (SynapseException problem)
        {
            return CheckResult.Fail(
                TokenName, $"Synapse refuses the token from {settings.TokenSource}: {problem.Message}", $"Make a new one at {TokenScopes.TokenPage} and run: synapsefs login");
        }
    }
}
