using System.CommandLine;
using System.CommandLine.Parsing;

namespace SynapseFs.Cli.Options;

/// <summary>Options that several commands share, made anew for each.</summary>
internal static class CommonOptions
{
    public static Option<string?> Profile() => new("--profile")
    {
        Description = "Profile of ~/.synapseConfig to use instead of [default].",
        HelpName = "NAME",
    };

    public static Option<string?> Endpoint() => new("--endpoint")
    {
        Description = "Server to talk to, for example http://127.0.0.1:7000. Default: [endpoints] of the configuration, then Synapse itself.",
        HelpName = "URL",
    };

    public static Option<string?> Configuration() => new("--config")
    {
        Description = "Configuration file to use instead of ~/.synapseConfig.",
        HelpName = "FILE",
    };

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable output." };

    public static Option<bool> Verbose() => new("--verbose") { Description = "Log every step." };

    public static Option<long?> Size(string name, string description, long defaultBytes) => new(name)
    {
        Description = $"{description} Default: {ByteSizeText.Format(defaultBytes)}.",
        HelpName = "SIZE",
        CustomParser = result =>
        {
            if (ByteSizeText.Parse(result.Tokens[0].Value) is { } bytes && bytes > 0)
                return bytes;
            result.AddError($"{name} '{result.Tokens[0].Value}' is not a size; write it like 500M or 10G.");
            return null;
        },
    };

    public static Option<TimeSpan?> Duration(string name, string description, TimeSpan defaultDuration) => new(name)
    {
        Description = $"{description} Default: {DurationText.Format(defaultDuration)}.",
        HelpName = "TIME",
        CustomParser = ParseDuration,
    };

    /// <summary>A moment that the option's own name is told with when it is none.</summary>
    public static DateTimeOffset? ParseMoment(ArgumentResult result)
    {
        if (MomentText.Parse(result.Tokens[0].Value) is { } moment)
            return moment;
        var name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
        result.AddError($"{name} '{result.Tokens[0].Value}' is no date; write it like 2024-06-01 or 2024-06-01T12:00:00Z.");
        return null;
    }

    /// <summary>A duration that the option's own name is told with when it is none.</summary>
    public static TimeSpan? ParseDuration(ArgumentResult result)
    {
        if (DurationText.Parse(result.Tokens[0].Value) is { } duration)
            return duration;
        var name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
        result.AddError($"{name} '{result.Tokens[0].Value}' is not a duration; write it like 10s or 2m.");
        return null;
    }

    public static Option<int?> Port(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out var port) && port is >= 0 and <= 65535)
                return port;
            result.AddError($"{name} '{result.Tokens[0].Value}' is not a port; give 0 to 65535.");
            return null;
        },
    };
}
