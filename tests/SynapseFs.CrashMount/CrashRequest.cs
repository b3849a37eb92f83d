using System.Globalization;
using SynapseFs.Core;

namespace SynapseFs.CrashMount;

/// <summary>The command line. The token comes by the environment, as SYNAPSE_AUTH_TOKEN.</summary>
internal sealed record CrashRequest
{
    public const string Usage =
        "CrashMount ENDPOINT PROJECT MOUNTPOINT CACHE [--kill-at POINT:N] [--stop-at POINT:N] [--passed FILE] [--settle MS] [--ttl SECONDS] "
        + "[--sync-remotely] [--waits] [--verbose]";

    public required string Endpoint { get; init; }

    /// <summary>The id of the project that is mounted.</summary>
    public required string Project { get; init; }

    public required string Mountpoint { get; init; }

    public required string CacheDirectory { get; init; }

    /// <summary>SIGKILL at the n-th passing (from 1) of a point; null: only others kill.</summary>
    public PassingTime? KillAt { get; init; }

    /// <summary>SIGSTOP there: nothing of this process moves until somebody lets it.</summary>
    public PassingTime? StopAt { get; init; }

    /// <summary>Where passings are counted so that the counts outlive this process.</summary>
    public string? PassedFile { get; init; }

    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan MetadataTtl { get; init; } = TimeSpan.FromSeconds(10);

    public bool SyncsRemotely { get; init; }

    /// <summary>Mounts only when a line comes, so that the runtime's start costs nobody's time.</summary>
    public bool Waits { get; init; }

    public bool Verbose { get; init; }

    public static CrashRequest? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 4)
            return null;
        var request = new CrashRequest
        {
            Endpoint = arguments[0],
            Project = arguments[1],
            Mountpoint = arguments[2],
            CacheDirectory = arguments[3],
        };
        for (var at = 4; at < arguments.Count; at++)
        {
            var applied = ApplySwitch(request, arguments[at])
                ?? (at + 1 < arguments.Count ? ApplyValue(request, arguments[at], arguments[++at]) : null);
            if (applied is null)
                return null;
            request = applied;
        }

        return request;
    }

    private static CrashRequest? ApplySwitch(CrashRequest request, string name) => name switch
    {
        "--sync-remotely" => request with { SyncsRemotely = true },
        "--waits" => request with { Waits = true },
        "--verbose" => request with { Verbose = true },
        _ => null,
    };

    private static CrashRequest? ApplyValue(CrashRequest request, string name, string value) => name switch
    {
        "--kill-at" => request with { KillAt = PassingTime.Parse(value) },
        "--stop-at" => request with { StopAt = PassingTime.Parse(value) },
        "--passed" => request with { PassedFile = value },
        "--settle" => request with { SettleTime = TimeSpan.FromMilliseconds(Number(value)) },
        "--ttl" => request with { MetadataTtl = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) },
        _ => null,
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>The n-th time, from 1, that the journal passes a point.</summary>
internal sealed record PassingTime(JournalPoint Point, long Count)
{
    public static PassingTime Parse(string text)
    {
        var parts = text.Split(':');
        return new PassingTime(Enum.Parse<JournalPoint>(parts[0]), long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
