using System.CommandLine;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Options;

/// <summary>The options that tell which account at which server: --profile, --endpoint, --config.</summary>
internal sealed class AccountOptions
{
    private readonly Option<string?> _profile = CommonOptions.Profile();
    private readonly Option<string?> _endpoint = CommonOptions.Endpoint();
    private readonly Option<string?> _configuration = CommonOptions.Configuration();

    public void AddTo(Command command)
    {
        command.Options.Add(_profile);
        command.Options.Add(_endpoint);
        command.Options.Add(_configuration);
    }

    public ConfigurationRequest Request(ParseResult parsed, Surroundings surroundings) => new()
    {
        Profile = parsed.GetValue(_profile),
        Endpoint = parsed.GetValue(_endpoint),
        ConfigPath = parsed.GetValue(_configuration),
        Environment = surroundings.Variable,
        HomeDirectory = surroundings.Home,
    };
}
