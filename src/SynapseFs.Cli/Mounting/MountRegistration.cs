using System.Text.Json;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Unsent;
using SynapseFs.Core;

namespace SynapseFs.Cli.Mounting;

/// <summary>Makes a running mount known to <c>status</c> and <c>unmount</c>, until disposed.</summary>
internal sealed class MountRegistration : IAsyncDisposable
{
    /// <summary>Named in status; the rest is counted.</summary>
    private const int MostBlocked = 20;

    private readonly MountRegistry _registry;
    private readonly ControlSocket _socket;

    private MountRegistration(MountRegistry registry, ControlSocket socket, MountRecord record)
    {
        _registry = registry;
        _socket = socket;
        Record = record;
    }

    public MountRecord Record { get; }

    public static MountRegistration Open(Composition house, MountRequest request, CommandContext context)
    {
        var registry = MountRegistry.Of(context.Surroundings);
        var record = Describe(house, request, context.Time);
        KnownCaches.Of(context.Surroundings).Remember(record.CacheDirectory);
        registry.Add(record);
        try
        {
            house.StatusText = () => Text(Report(record, house), house);
            var verbs = new ControlVerbs(() => Report(record, house), house.GetPending, house.WaitAsync)
            {
                Provenance = house.ExplainAsync,
                Find = house.Find,
                Facts = house.GetFactsAsync,
                Capture = house.Capture,
                WaitFor = house.WaitForAsync,
            };
            return new MountRegistration(registry, ControlSocket.Listen(registry.SocketOf(record.Pid), verbs, context.Time), record);
        }
        catch
        {
            registry.Remove(record.Pid);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        _registry.Remove(Record.Pid);
    }

    private static MountRecord Describe(Composition house, MountRequest request, TimeProvider time) => new()
    {
        Mountpoint = request.Mountpoint,
        Source = house.Source.Id,
        SourceName = house.Source.Name,
        Pid = Environment.ProcessId,
        ProcessStart = ProcessTable.StartOf(Environment.ProcessId) ?? 0,
        Account = house.Source.Account,
        Endpoint = house.Settings.Endpoints.Repo.AbsoluteUri,
        ReadOnly = house.IsReadOnly,
        Offline = request.Offline,
        Since = time.GetUtcNow(),
        CacheDirectory = house.CachePath,
        LogFile = request.LogFile,
    };

    private static MountReport Report(MountRecord record, Composition house)
    {
        var status = house.Status;
        return MountReport.Of(record) with
        {
            Online = status.Online,
            OfflineSince = status.OfflineSince,
            LastProblem = status.LastProblem,
            Struggle = record.Offline ? null : house.Struggle,
            CachedBytes = status.CachedBytes,
            KnownNodes = status.KnownNodes,
            OpenFiles = status.OpenFiles,
            Passthrough = PassthroughText.Of(house.Mount.Passthrough),
            Pending = status.Pending,
            Blocked = status.Pending.Blocked > 0 ? FirstBlocked(house) : [],
            Notices = status.Notices,
        };
    }

    // As "synapsefs status --json" tells one mount.
    private static ReadOnlyMemory<byte> Text(MountReport report, Composition house)
    {
        var whole = report with { PendingItems = house.GetPending(MountReport.MostItems) };
        return (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(whole, CliJson.Readable.MountReport), (byte)'\n'];
    }

    private static IReadOnlyList<PendingItem> FirstBlocked(Composition house) =>
        [.. house.GetPending(int.MaxValue).Where(item => item.State == PendingState.Blocked).Take(MostBlocked)];
}
