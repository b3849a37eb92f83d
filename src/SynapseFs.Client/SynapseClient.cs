using Microsoft.Extensions.Logging;
using SynapseFs.Client.Configuration;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Elsewhere;
using SynapseFs.Client.Governing;
using SynapseFs.Client.Transport;
using SynapseFs.Client.Uploads;

namespace SynapseFs.Client;

/// <summary>
/// Speaks to Synapse for one account. Everything goes through one governor, so make one client for an account in a process and share
/// it. Thread-safe.
/// </summary>
public sealed class SynapseClient : IAsyncDisposable
{
    private readonly TransportParts _parts;
    private readonly Struggles _struggles;
    private readonly UrlLeases _leases;
    private readonly StoragesElsewhere _elsewhere;

    public SynapseClient(SynapseSettings settings, SynapseClientOptions options, TimeProvider time, ILoggerFactory log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var logger = log.CreateLogger<SynapseClient>();
        Settings = settings;
        _parts = new TransportParts(
            new Connections(settings, options),
            new Governor(new AdmissionLimits(options.CallsInFlight, options.BackgroundCallsInFlight, options.CallsPerWindow,
                options.CallWindow, options.InteractiveReserve), time),
            // Two transfers stay free for whoever waits.
            new Governor(new AdmissionLimits(options.StorageTransfers, Math.Max(1, options.StorageTransfers - 2), null, TimeSpan.Zero, 0),
                time),
            new Reachability(time, logger), new ClientMeter(), time, logger);
        var transport = new ApiTransport(_parts, settings, options);
        _struggles = transport.Struggles;
        _leases = new UrlLeases(transport, _parts);
        _elsewhere = new StoragesElsewhere(settings.Storages, options, time);
        Account = new AccountCalls(transport);
        Children = new ChildrenCalls(transport);
        Entities = new EntityCalls(transport, Children);
        Annotations = new AnnotationCalls(transport);
        Activities = new ActivityCalls(transport);
        Requirements = new RequirementCalls(transport);
        Downloads = new DownloadCalls(
            transport, new StorageReader(_parts, _leases, _elsewhere, options), _leases, new LengthFinder(_parts, _elsewhere));
        FileHandles = new FileHandleCalls(transport);
        Uploads = new UploadCalls(
            transport, new MultipartUploader(transport, _parts, options),
            new ElsewhereUploader(FileHandles, _elsewhere, _parts, options, settings.Token ?? ""));
        Storage = new StorageCalls(transport);
        Trash = new TrashCalls(transport);
        Wikis = new WikiCalls(transport);
        Tables = new TableCalls(transport, new AsyncJobs(transport, time));
    }

    public SynapseSettings Settings { get; }

    public AccountCalls Account { get; }

    public EntityCalls Entities { get; }

    public ChildrenCalls Children { get; }

    public AnnotationCalls Annotations { get; }

    public ActivityCalls Activities { get; }

    public RequirementCalls Requirements { get; }

    public DownloadCalls Downloads { get; }

    public UploadCalls Uploads { get; }

    public FileHandleCalls FileHandles { get; }

    public StorageCalls Storage { get; }

    public TrashCalls Trash { get; }

    public WikiCalls Wikis { get; }

    public TableCalls Tables { get; }

    /// <summary>False from when calls found the service out of reach until one gets through again; true before the first call.</summary>
    public bool IsReachable => _parts.Reachability.IsReachable;

    public DateTimeOffset? UnreachableSince => _parts.Reachability.UnreachableSince;

    /// <summary>Why it is out of reach, in words for a person; null while it is within reach.</summary>
    public string? ReachabilityProblem => _parts.Reachability.Problem;

    /// <summary>Why a call is being tried again right now, in words for a person; null while none is. It may still succeed.</summary>
    public string? Struggle => _struggles.Problem;

    /// <summary>Raised on the thread of the call that noticed; handlers must be quick.</summary>
    public event EventHandler<ReachabilityEventArgs>? ReachabilityChanged
    {
        add => _parts.Reachability.Changed += value;
        remove => _parts.Reachability.Changed -= value;
    }

    /// <summary>Calls still under way are abandoned.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leases.DisposeAsync();
        await _elsewhere.DisposeAsync();
        _parts.Connections.Dispose();
        _parts.Governor.Dispose();
        _parts.StorageGovernor.Dispose();
        _parts.Meter.Dispose();
    }
}
