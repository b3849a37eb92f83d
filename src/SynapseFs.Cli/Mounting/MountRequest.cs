using System.Globalization;
using SynapseFs.Cli.Options;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Mounting;

/// <summary>A mount as asked for. Paths are absolute, so that the process which serves it may live in another directory.</summary>
internal sealed record MountRequest
{
    public const long DefaultCacheSize = 10L << 30;

    public static readonly TimeSpan DefaultMetadataTtl = TimeSpan.FromSeconds(10);

    /// <summary>An id or a project's name; null: the person's projects.</summary>
    public string? Source { get; init; }

    /// <summary>A directory, or /dev/fd/N for a device that is already open and mounted.</summary>
    public required string Mountpoint { get; init; }

    public string? CacheDirectory { get; init; }

    /// <summary>Bytes.</summary>
    public long CacheSize { get; init; } = DefaultCacheSize;

    public TimeSpan MetadataTtl { get; init; } = DefaultMetadataTtl;

    public bool AllowOther { get; init; }

    public bool Offline { get; init; }

    public string? Profile { get; init; }

    public string? Endpoint { get; init; }

    public string? Configuration { get; init; }

    public bool Verbose { get; init; }

    public string? LogFile { get; init; }

    public ConfigurationRequest ToConfiguration(Surroundings surroundings) => new()
    {
        Profile = Profile,
        Endpoint = Endpoint,
        ConfigPath = Configuration,
        Environment = surroundings.Variable,
        HomeDirectory = surroundings.Home,
    };

    /// <summary>The command line that asks the same of a process which serves the mount itself and reports on standard output.</summary>
    public IReadOnlyList<string> ToServingArguments()
    {
        List<string> arguments = ["mount", "--serving"];
        AddValue("--cache-dir", CacheDirectory);
        AddValue("--cache-size", CacheSize.ToString(CultureInfo.InvariantCulture));
        AddValue("--metadata-ttl", DurationText.Format(MetadataTtl));
        AddValue("--profile", Profile);
        AddValue("--endpoint", Endpoint);
        AddValue("--config", Configuration);
        AddValue("--log-file", LogFile);
        AddFlag("--allow-other", AllowOther);
        AddFlag("--offline", Offline);
        AddFlag("--verbose", Verbose);
        arguments.Add("--");
        if (Source is not null)
            arguments.Add(Source);
        arguments.Add(Mountpoint);
        return arguments;

        void AddValue(string name, string? value)
        {
            if (value is not null)
                arguments.AddRange([name, value]);
        }

        void AddFlag(string name, bool isSet)
        {
            if (isSet)
                arguments.Add(name);
        }
    }
}
