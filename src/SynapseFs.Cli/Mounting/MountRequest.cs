using System.Globalization;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Output;
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

    public bool IsHandedIn => Mountpoint.StartsWith("/dev/fd/", StringComparison.Ordinal);

    public string? CacheDirectory { get; init; }

    /// <summary>Bytes.</summary>
    public long CacheSize { get; init; } = DefaultCacheSize;

    /// <summary>Files that were read whole are copied to the Python client's cache.</summary>
    public bool SharesCache { get; init; }

    /// <summary>The kernel may read cached files itself.</summary>
    public bool Passthrough { get; init; } = true;

    /// <summary>The read that completes a large file waits for its MD5.</summary>
    public bool VerifiesBeforeEnd { get; init; } = true;

    public TimeSpan MetadataTtl { get; init; } = DefaultMetadataTtl;

    /// <summary>Whether the person asked for it; who is not signed in gets it in any case.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The moment in the past to show, read-only; null: today.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What is asked for, as it is remembered.</summary>
    public string? Asked => At is { } moment ? MountSource.IdAt(Source ?? "", moment) : Source;

    /// <summary>fsync waits for Synapse.</summary>
    public bool SyncsRemotely { get; init; }

    /// <summary>Names that Synapse cannot hold are written in another spelling instead of being refused.</summary>
    public bool EscapesNames { get; init; }

    /// <summary>As typed, see <see cref="LocalNamesText"/>; null: the default list.</summary>
    public string? LocalNames { get; init; }

    /// <summary>As typed, see <see cref="LocalNamesText"/>; null: the default list.</summary>
    public string? LocalXattrs { get; init; }

    /// <summary>What files are made from is found out and recorded, whoever makes them.</summary>
    public bool CapturesProvenance { get; init; }

    /// <summary>Ids of views that tell details of files, as typed.</summary>
    public IReadOnlyList<string> Views { get; init; } = [];

    /// <summary>How long a change rests before it is sent; null: the engine's own.</summary>
    public TimeSpan? SettleTime { get; init; }

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
        List<string> arguments =
        [
            "mount", "--serving", "--cache-size", CacheSize.ToString(CultureInfo.InvariantCulture),
            "--metadata-ttl", DurationText.Format(MetadataTtl), .. Options(), "--",
        ];
        if (Source is not null)
            arguments.Add(Source);
        arguments.Add(Mountpoint);
        return arguments;
    }

    /// <summary>A line for a person's shell that asks the same again.</summary>
    public string ToCommandLine()
    {
        List<string> words = ["synapsefs", "mount", .. Options()];
        if (CacheSize != DefaultCacheSize)
            words.AddRange(["--cache-size", CacheSize.ToString(CultureInfo.InvariantCulture)]);
        if (MetadataTtl != DefaultMetadataTtl)
            words.AddRange(["--metadata-ttl", DurationText.Format(MetadataTtl)]);
        if (Source?.StartsWith('-') == true)
            words.Add("--");
        if (Source is not null)
            words.Add(Source);
        words.Add(Mountpoint);
        return string.Join(' ', words.Select(ShellText.Quote));
    }

    private List<string> Options()
    {
        List<string> arguments = [];
        AddValue("--cache-dir", CacheDirectory);
        AddValue("--profile", Profile);
        AddValue("--endpoint", Endpoint);
        AddValue("--config", Configuration);
        AddValue("--log-file", LogFile);
        AddValue("--sync", SyncsRemotely ? "remote" : null);
        AddValue("--verify", VerifiesBeforeEnd ? null : "after");
        AddValue("--names", EscapesNames ? "escape" : null);
        AddValue("--provenance", CapturesProvenance ? "auto" : null);
        AddValue("--local-names", LocalNames);
        AddValue("--local-xattrs", LocalXattrs);
        AddValue("--settle", SettleTime is { } settle ? DurationText.Format(settle) : null);
        AddValue("--at", At is { } moment ? MomentText.Format(moment) : null);
        foreach (var view in Views)
            AddValue("--view", view);
        AddFlag("--read-only", ReadOnly);
        AddFlag("--allow-other", AllowOther);
        AddFlag("--share-cache", SharesCache);
        AddFlag("--no-passthrough", !Passthrough);
        AddFlag("--offline", Offline);
        AddFlag("--verbose", Verbose);
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
