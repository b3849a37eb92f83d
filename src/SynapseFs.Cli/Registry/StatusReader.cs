using SynapseFs.Cli.Control;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Unsent;
using SynapseFs.Fuse;

namespace SynapseFs.Cli.Registry;

/// <summary>
/// Puts together what the records, the sockets, the kernel's mount table and the notes in the caches say about this user's mounts.
/// </summary>
internal sealed class StatusReader(MountRegistry registry, KnownCaches caches)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static StatusReader Of(Surroundings surroundings) => new(MountRegistry.Of(surroundings), KnownCaches.Of(surroundings));

    /// <summary>All mounts; records of mounts that ended without leaving anything behind are cleared away.</summary>
    /// <param name="mostItems">How many changes not yet remote to ask each mount for; 0: they are not asked.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<StatusReport> ReadAsync(int mostItems, CancellationToken cancellationToken)
    {
        var mounted = MountTable.Read().Select(entry => entry.Mountpoint).ToHashSet(StringComparer.Ordinal);
        List<MountReport> reports = [];
        HashSet<string> inUse = new(StringComparer.Ordinal);
        foreach (var record in registry.Read())
        {
            if (ProcessTable.IsAlive(record))
            {
                inUse.Add(record.CacheDirectory);
                reports.Add(await AskAsync(record, mostItems, cancellationToken) ?? Silent(record));
            }
            else if (mounted.Contains(record.Mountpoint) && Unmounter.IsStale(record.Mountpoint))
                reports.Add(Stale(record));
            else
                registry.Remove(record.Pid);
        }
        var unsent = caches.List().Where(cache => !inUse.Contains(cache)).Select(UnsentNote.Read).OfType<UnsentNote>();
        return new StatusReport(reports, [.. unsent]);
    }

    private async Task<MountReport?> AskAsync(MountRecord record, int mostItems, CancellationToken cancellationToken)
    {
        var door = new ControlDoor(registry.SocketOf(record.Pid));
        try
        {
            var report = await door.GetStatusAsync(Patience, cancellationToken);
            return report is null || mostItems == 0
                ? report
                : report with { PendingItems = await door.GetPendingAsync(mostItems, cancellationToken) };
        }
        catch (CliException problem)
        {
            return Silent(record) with { LastProblem = problem.Message };
        }
    }

    private static MountReport Silent(MountRecord record) => MountReport.Of(record) with
    {
        State = MountStates.NotAnswering,
        Remedy = $"Process {record.Pid} lives but does not answer; look into {record.LogFile ?? "its output"}, or end it: synapsefs " +
            $"unmount --lazy {ShellText.Quote(record.Mountpoint)}",
    };

    private static MountReport Stale(MountRecord record) => MountReport.Of(record) with
    {
        State = MountStates.Stale,
        Remedy = $"Process {record.Pid} is gone; clear what it left: synapsefs unmount {ShellText.Quote(record.Mountpoint)}",
    };
}
