using SynapseFs.Cli.Output;
using SynapseFs.Fuse;

namespace SynapseFs.Cli.Registry;

/// <summary>Puts together what the records, the sockets and the kernel's mount table say about this user's mounts.</summary>
internal sealed class StatusReader(MountRegistry registry)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>All mounts; records of mounts that ended without leaving anything behind are cleared away.</summary>
    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var mounted = MountTable.Read().Select(entry => entry.Mountpoint).ToHashSet(StringComparer.Ordinal);
        List<MountReport> reports = [];
        foreach (var record in registry.Read())
        {
            if (ProcessTable.IsAlive(record))
                reports.Add(await ControlSocket.AskAsync(registry.SocketOf(record.Pid), Patience, cancellationToken) ?? Silent(record));
            else if (mounted.Contains(record.Mountpoint) && Unmounter.IsStale(record.Mountpoint))
                reports.Add(Stale(record));
            else
                registry.Remove(record.Pid);
        }
        return new StatusReport(reports);
    }

    private static MountReport Silent(MountRecord record) => MountReport.Of(record) with
    {
        State = MountStates.NotAnswering,
        Remedy = $"Process {record.Pid} lives but does not answer; look into {record.LogFile ?? "its output"}, or end it: synapsefs unmount --lazy {ShellText.Quote(record.Mountpoint)}",
    };

    private static MountReport Stale(MountRecord record) => MountReport.Of(record) with
    {
        State = MountStates.Stale,
        Remedy = $"Process {record.Pid} is gone; clear what it left: synapsefs unmount {ShellText.Quote(record.Mountpoint)}",
    };
}
