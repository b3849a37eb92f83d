using System.CommandLine;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;
using SynapseFs.Client;

namespace SynapseFs.Cli.Commands;

/// <summary>The arguments and options of <c>mount</c> and what they say together.</summary>
internal sealed class MountCommandOptions(TimeProvider time)
{
    private readonly Argument<string[]> _paths = new("[SOURCE] MOUNTPOINT")
    {
        Description = "SOURCE: an id (syn123: a project or folder) or a project's name; without it the root lists your projects. " +
            "MOUNTPOINT: an empty directory.",
        Arity = new ArgumentArity(1, 2),
    };
    private readonly Option<bool> _foreground = new("--foreground", "-f")
    {
        Description = "Stay in the foreground, log to standard " +
        "error; Ctrl-C unmounts."
    };
    private readonly Option<bool> _readOnly = new("--read-only")
    {
        Description = "Nothing can be changed through the mount. Without " +
        "being signed in that is always so."
    };
    private readonly Option<DateTimeOffset?> _at = new("--at")
    {
        Description = "Show the project or folder as its files stood at a moment, such as 2024-06-01 (its beginning in UTC) or " +
            "2024-06-01T12:00:00+02:00; read-only. The README in it says what that means.",
        HelpName = "TIME",
        CustomParser = CommonOptions.ParseMoment,
    };
    private readonly Option<string?> _sync = Choice("--sync", "When fsync(2) returns: 'local', when the bytes are safe on this " +
        "machine's disk; 'remote', when Synapse has them.", "local", "remote");
    private readonly Option<string?> _names = Choice("--names", "Names with characters that Synapse does not take: 'strict' refuses " +
        "them, 'escape' writes each such sign as (xHEX) at Synapse and shows it as itself here.", "strict", "escape");
    private readonly Option<string?> _localNames = new("--local-names")
    {
        Description = "Names that stay on this machine, as patterns with * and ?, separated by commas; they replace the usual list " +
            "(editors' and systems' own files), or add to it when written +PATTERN.",
        HelpName = "PATTERNS",
    };
    private readonly Option<string?> _localXattrs = new("--local-xattrs")
    {
        Description = "Extended attributes that stay on this machine and never become annotations, written as --local-names.",
        HelpName = "PATTERNS",
    };
    private readonly Option<string?> _provenance = Choice("--provenance", "What files are made from: 'off' leaves it to you " +
        "(provenance.json), 'auto' records with each version that a program writes what it had read in the mount.", "off", "auto");
    private readonly Option<string[]> _views = new("--view")
    {
        Description = "A view (syn123) that tells sizes, MD5s and annotations of the files in it at once; may be given again. Without " +
            "it one is looked for in the project.",
        HelpName = "VIEW",
        AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<TimeSpan?> _settle = Hidden(CommonOptions.Duration("--settle", "How long a change rests before it " +
        "is sent.", TimeSpan.FromSeconds(1)));
    private readonly Option<string?> _cacheDirectory = new("--cache-dir")
    {
        Description = "Where to keep what was read, and what " +
        "was written until it is sent. One mount at a time uses it.",
        HelpName = "DIR"
    };
    private readonly Option<long?> _cacheSize = CommonOptions.Size("--cache-size", "How much file content to keep there; what is " +
        "not yet sent does not count.", MountRequest.DefaultCacheSize);
    private readonly Option<bool> _shareCache = new("--share-cache")
    {
        Description = "Also copy files that were read whole to the official Python client's cache (~/.synapseCache), so that it need not " +
            "download them. What it has is used here in any case."
    };
    private readonly Option<bool> _noPassthrough = new("--no-passthrough")
    {
        Description = "Read cached files through this program also where the kernel could read those that cannot be changed here itself."
    };
    private readonly Option<string?> _verify = Choice("--verify", "When a file over 16 MiB is held against its MD5: 'before' the read " +
        "that completes it returns, or 'after', which is faster where the line is faster than that sum (some 500 MB/s).", "before", "after");
    private readonly Option<TimeSpan?> _ttl = CommonOptions.Duration("--metadata-ttl", "How old what you see may be before Synapse " +
        "is asked again.", MountRequest.DefaultMetadataTtl);
    private readonly Option<bool> _allowOther = new("--allow-other")
    {
        Description = "Let other users of this machine into the " +
        "mount, with your permissions at Synapse."
    };
    private readonly Option<bool> _offline = new("--offline")
    {
        Description = "Ask Synapse nothing; show what is already known, and " +
        "keep changes for a later mount."
    };
    private readonly Option<string?> _profile = CommonOptions.Profile();
    private readonly Option<string?> _endpoint = CommonOptions.Endpoint();
    private readonly Option<string?> _configuration = CommonOptions.Configuration();
    private readonly Option<bool> _verbose = CommonOptions.Verbose();
    private readonly Option<string?> _logFile = new("--log-file")
    {
        Description = "Where the background process logs. Default: " +
        "mount-PID.log in ~/.local/state/synapsefs.",
        HelpName = "FILE"
    };
    private readonly Option<bool> _serving = new("--serving") { Hidden = true };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_paths);
        foreach (var option in new Option[]
        {
            _foreground, _readOnly, _at, _sync, _names, _localNames, _localXattrs, _provenance, _views, _cacheDirectory, _cacheSize, _shareCache, _noPassthrough, _verify, _ttl, _allowOther, _offline, _profile,
            _endpoint, _configuration, _verbose, _logFile, _settle, _serving,
        })
            command.Options.Add(option);
    }

    /// <summary>Whether this process is to serve the mount for a launcher that waits on standard output.</summary>
    public bool IsServing(ParseResult parsed) => parsed.GetValue(_serving);

    public bool IsForeground(ParseResult parsed) => parsed.GetValue(_foreground);

    public MountRequest Request(ParseResult parsed)
    {
        var given = parsed.GetRequiredValue(_paths);
        if (given.FirstOrDefault(path => path.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            throw CliException.Usage($"'{unknown}' is not an option. See synapsefs mount --help.");
        if (given is [var only] && SynapseEntityId.TryParse(only, out _) && !Directory.Exists(only))
            throw CliException.Usage($"Where is {only} to be mounted? Name an empty directory: synapsefs mount {only} MOUNTPOINT.");
        var at = parsed.GetValue(_at);
        if (at is not null && given.Length == 1)
            throw CliException.Usage("--at shows one project or folder: synapsefs mount --at TIME SOURCE MOUNTPOINT.");
        if (at > time.GetUtcNow())
            throw CliException.Usage($"--at {MomentText.Format(at.Value)} lies in the future.");
        return new MountRequest
        {
            Source = given.Length == 2 ? CheckedSource(given[0]) : null,
            At = at,
            Mountpoint = Absolute(given[^1]),
            ReadOnly = parsed.GetValue(_readOnly) || at is not null,
            SyncsRemotely = parsed.GetValue(_sync) == "remote",
            EscapesNames = parsed.GetValue(_names) == "escape",
            LocalNames = parsed.GetValue(_localNames),
            LocalXattrs = parsed.GetValue(_localXattrs),
            CapturesProvenance = parsed.GetValue(_provenance) == "auto",
            Views = parsed.GetValue(_views) ?? [],
            SettleTime = parsed.GetValue(_settle),
            CacheDirectory = AbsoluteOrNull(parsed.GetValue(_cacheDirectory)),
            CacheSize = parsed.GetValue(_cacheSize) ?? MountRequest.DefaultCacheSize,
            SharesCache = parsed.GetValue(_shareCache),
            Passthrough = !parsed.GetValue(_noPassthrough),
            VerifiesBeforeEnd = parsed.GetValue(_verify) != "after",
            MetadataTtl = parsed.GetValue(_ttl) ?? MountRequest.DefaultMetadataTtl,
            AllowOther = parsed.GetValue(_allowOther),
            Offline = parsed.GetValue(_offline),
            Profile = parsed.GetValue(_profile),
            Endpoint = parsed.GetValue(_endpoint),
            Configuration = AbsoluteOrNull(parsed.GetValue(_configuration)),
            Verbose = parsed.GetValue(_verbose),
            LogFile = AbsoluteOrNull(parsed.GetValue(_logFile)),
        };
    }

    /// <summary>Of the values the first is the default.</summary>
    private static Option<string?> Choice(string name, string description, params string[] values) => new(name)
    {
        Description = $"{description} Default: {values[0]}.",
        HelpName = string.Join('|', values),
        CustomParser = result =>
        {
            if (values.Contains(result.Tokens[0].Value))
                return result.Tokens[0].Value;
            result.AddError($"{name} '{result.Tokens[0].Value}' is unknown; write {string.Join(" or ", values)}.");
            return null;
        },
    };

    private static Option<T> Hidden<T>(Option<T> option)
    {
        option.Hidden = true;
        return option;
    }

    private static string CheckedSource(string source) => source.Contains('/') || source.Length == 0
        ? throw CliException.Usage($"'{source}' is neither an id (syn123) nor a project's name; the order is: synapsefs mount " +
            "[SOURCE] MOUNTPOINT.")
        : source;

    private static string Absolute(string path) => path.Length == 0
        ? throw CliException.Usage("The mountpoint is empty; name a directory.")
        : path.StartsWith("/dev/fd/", StringComparison.Ordinal) ? path : RealPath.Of(path);

    private static string? AbsoluteOrNull(string? path) => path is null ? null : Path.GetFullPath(path);
}
