using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;
using SynapseFs.Fuse;

namespace SynapseFs.Cli.Waiting;

/// <summary>A path of the machine as a place in one of this user's mounts.</summary>
/// <param name="Mount">The mount it lies in.</param>
/// <param name="Place">From the mount's root, beginning with '/'.</param>
internal sealed record MountedPath(MountRecord Mount, string Place)
{
    /// <summary>Links on the way are followed; one that is named itself and lies in the mount stands for itself, as at Synapse.</summary>
    /// <exception cref="CliException">There is no such thing, or it lies in no mount that runs.</exception>
    public static MountedPath Resolve(string path, MountRegistry registry)
    {
        var mounts = MountTable.Read();
        var real = WithoutLastLink(path);
        var entry = MountOf(real, mounts);
        if (entry is not { IsSynapseFs: true } || Path.EndsInDirectorySeparator(path))
        {
            real = RealPath.Of(path);
            entry = MountOf(real, mounts);
        }
        if (entry is not { IsSynapseFs: true })
            throw new CliException(Exists(path) ? $"{path} does not lie in a mount of synapsefs; synapsefs status lists " +
                "your mounts." : $"{path} does not exist.");
        var record = registry.Find(entry.Mountpoint)
            ?? throw new CliException($"{path} lies in {entry.Mountpoint}, which is not one of your mounts; synapsefs status lists them.");
        if (!ProcessTable.IsAlive(record))
            throw new CliException($"The process of {entry.Mountpoint} is gone; mount it again to have the rest sent, or clear it: " +
                $"synapsefs unmount {ShellText.Quote(entry.Mountpoint)}");
        return Exists(real)
            ? new MountedPath(record, real == entry.Mountpoint ? "/" : real[entry.Mountpoint.Length..])
            : throw new CliException($"{path} does not exist.");
    }

    public static bool IsAtOrBelow(string path, string top) =>
        top == "/" || path == top || path.StartsWith(top + '/', StringComparison.Ordinal);

    private static string WithoutLastLink(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetDirectoryName(full) is { } parent ? Path.Combine(RealPath.Of(parent), Path.GetFileName(full)) : full;
    }

    /// <summary>The innermost mount above a path; of several at one place the one on top.</summary>
    private static MountTableEntry? MountOf(string path, IReadOnlyList<MountTableEntry> mounts)
    {
        MountTableEntry? innermost = null;
        foreach (var entry in mounts)
        {
            if (IsAtOrBelow(path, entry.Mountpoint) && entry.Mountpoint.Length >= (innermost?.Mountpoint.Length ?? 0))
                innermost = entry;
        }
        return innermost;
    }

    private static bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
