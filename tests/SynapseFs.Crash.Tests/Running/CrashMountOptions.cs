using System.Globalization;
using SynapseFs.Core;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>How one life of the program is to go.</summary>
internal sealed record CrashMountOptions
{
    public required string Endpoint { get; init; }

    public required string Token { get; init; }

    public required string Project { get; init; }

    public required string Mountpoint { get; init; }

    public required string CacheDirectory { get; init; }

    public required string PassedFile { get; init; }

    /// <summary>Where it ends itself, at the n-th passing; null: it is ended from outside.</summary>
    public (JournalPoint Point, int Count)? EndsAt { get; init; }

    /// <summary>It stops there instead of dying.</summary>
    public bool Stops { get; init; }

    public int SettleMilliseconds { get; init; } = 50;

    public bool Verbose { get; init; }

    public IReadOnlyList<string> ToArguments()
    {
        List<string> arguments =
        [
            Endpoint, Project, Mountpoint, CacheDirectory, "--passed", PassedFile, "--settle", SettleMilliseconds.ToString(CultureInfo.InvariantCulture),
        ];
        if (EndsAt is var (point, count))
            arguments.AddRange([Stops ? "--stop-at" : "--kill-at", string.Create(CultureInfo.InvariantCulture, $"{point}:{count}")]);
        if (Verbose)
            arguments.Add("--verbose");
        return arguments;
    }
}
