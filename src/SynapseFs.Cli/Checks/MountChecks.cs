using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Unsent;
using SynapseFs.Fuse;

namespace SynapseFs.Cli.Checks;

/// <summary>The mounts that exist, and those that only look so.</summary>
internal sealed class MountChecks(StatusReader status)
{
    private const string Name = "mounts";
    private const string UnsentName = "unsent changes";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var report = await status.ReadAsync(mostItems: 0, cancellationToken);
        var unsent = report.Unsent.Select(note => CheckResult.Warn(
            UnsentName,
            $"{UnsentNote.Describe(note.Changes, note.Blocked, note.Bytes)} of {note.Title} kept in {note.CacheDirectory}.",
            $"Mount it again to have them sent: {note.MountCommand}"));
        var mounts = report.Mounts.Count == 0 ? [CheckResult.Ok(Name, "None right now.")] : report.Mounts.Select(Describe);
        return [.. mounts, .. unsent];
    }

    /// <summary>Whether something can be mounted there.</summary>
    public static CheckResult Mountpoint(string path)
    {
        const string Point = "mountpoint";
        if (Unmounter.IsStale(path))
            return CheckResult.Warn(Point, $"{path} was left behind by a mount that crashed.", $"The next mount there clears it, or: synapsefs unmount {path}");
        if (MountTable.Read().Any(entry => entry.Mountpoint == path))
            return CheckResult.Fail(Point, $"{path} is mounted already.", $"Name another directory, or: synapsefs unmount {path}");
        if (File.Exists(path))
            return CheckResult.Fail(Point, $"{path} is a file.", "Name a directory.");
        if (!Directory.Exists(path))
            return CheckResult.Fail(Point, $"{path} does not exist.", $"Make it: mkdir -p {path}");
        return Directory.EnumerateFileSystemEntries(path).Any()
            ? CheckResult.Fail(Point, $"{path} is not empty.", "Name an empty directory.")
            : CheckResult.Ok(Point, $"{path} is an empty directory.");
    }

    private static CheckResult Describe(MountReport mount) => mount switch
    {
        { Remedy: { } remedy } => CheckResult.Fail(Name, $"{mount.Mountpoint} ({mount.SourceName}) is {mount.State}.", remedy),
        { Online: false } => CheckResult.Warn(Name, $"{mount.Mountpoint} ({mount.SourceName}) is offline: {mount.LastProblem}", "What is known is served; it goes on by itself when Synapse answers."),
        { Pending: { Blocked: > 0 and var blocked } } => CheckResult.Warn(
            Name,
            $"{mount.Mountpoint} ({mount.SourceName}) holds {blocked} blocked {(blocked == 1 ? "change" : "changes")}.",
            "See the reasons: synapsefs status"),
        _ => CheckResult.Ok(Name, $"{mount.Mountpoint} shows {mount.SourceName}."),
    };
}
