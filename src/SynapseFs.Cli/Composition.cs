using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using SynapseFs.Cli.Accounts;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Finding;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Unsent;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Core;
using SynapseFs.Core.Sending;
using SynapseFs.Core.Writing;
using SynapseFs.Entities;
using SynapseFs.Entities.Annotations;
using SynapseFs.Entities.Capturing;
using SynapseFs.Entities.Provenance;
using SynapseFs.Entities.PythonCache;
using SynapseFs.Entities.Views;
using SynapseFs.Fuse;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Cli;

/// <summary>
/// The only file that knows everybody: wires one mount together by hand, from the client up to the kernel, and takes it apart in the
/// other direction.
/// </summary>
internal sealed class Composition : IAsyncDisposable
{
    private SynapseClient? _client;
    private CacheDirectory? _cache;
    private RemoteFileSystem? _engine;
    private FuseMount? _mount;
    private ProvenanceCapture? _capture;
    private UnsentWatch? _unsent;

    private Composition(SynapseSettings settings) => Settings = settings;

    public SynapseSettings Settings { get; }

    public MountSource Source { get; private set; } = null!;

    public FuseMount Mount => _mount!;

    public string CachePath => _cache!.Path;

    public MountStatus Status => _engine!.GetStatus();

    /// <summary>Why Synapse is not reached, or does not what it is asked, though nobody has heard of it yet; null: all is well.</summary>
    public string? Struggle => _client!.ReachabilityProblem ?? _client.Struggle;

    /// <summary>Why nothing can be changed though nobody asked for that; null when it can, or when it was asked for.</summary>
    public string? WhyReadOnly { get; private set; }

    public bool IsReadOnly { get; private set; }

    /// <summary>What the mount's own status file says, as JSON; nothing before the mount is known to others.</summary>
    public Func<ReadOnlyMemory<byte>> StatusText { get; set; } = () => "{}\n"u8.ToArray();

    public IReadOnlyList<PendingItem> GetPending(int most) => _engine!.GetPending(most);

    /// <summary>See <see cref="ControlVerbs"/>.</summary>
    public Task<IReadOnlyList<PendingItem>> WaitAsync(
        string path, IProgress<PendingSummary> progress, CancellationToken cancellationToken) =>
        _engine!.WaitAsync(path, progress, cancellationToken);

    /// <summary>See <see cref="ControlVerbs"/>.</summary>
    public async Task<IReadOnlyList<PendingItem>> WaitForAsync(int process, IProgress<PendingSummary> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await _engine!.WaitAsync(path => _capture!.HasChanged(process, path), progress, cancellationToken);
        }
        finally
        {
            _capture!.ForgetChanges(process);
        }
    }

    /// <summary>See <see cref="ControlVerbs"/>.</summary>
    public bool Capture(int process) => _capture!.Watch(process);

    /// <summary>See <see cref="ControlVerbs"/>.</summary>
    public async Task<ProvenanceGraph> ExplainAsync(string path, int up, CancellationToken cancellationToken)
    {
        var entry = await PathWalker.WalkAsync(_engine!, Caller.Internal, path, cancellationToken)
            ?? throw new CliException($"{path} is not there.");
        var inode = entry.Attributes.Inode;
        try
        {
            var id = await FactAsync(inode, "id", cancellationToken);
            if (!SynapseEntityId.TryParse(id, out var entity))
                throw new CliException($"{path} is not in Synapse: either it waits to be sent (synapsefs wait), or it exists here only.");
            var version = await FactAsync(inode, "version", cancellationToken);
            return await ProvenanceWalk.FollowAsync(
                _client!, entity with { Version = version is null ? null : long.Parse(version, CultureInfo.InvariantCulture) }, up,
                cancellationToken);
        }
        finally
        {
            if (inode != InodeNumber.Root)
                _engine!.Forget(inode, 1);
        }
    }

    /// <summary>See <see cref="ControlVerbs"/>.</summary>
    public Task<PathFacts> GetFactsAsync(string path, CancellationToken cancellationToken) =>
        PathReader.ReadAsync(_engine!, path, cancellationToken);

    public RunningFind Find(FindRequest request) => new(_engine!.Walk(request.Path, request.Reach), request);

    /// <summary>Returns once the kernel serves the mount.</summary>
    public static async Task<Composition> StartAsync(
        MountRequest request, Surroundings surroundings, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var house = new Composition(SynapseConfiguration.Load(request.ToConfiguration(surroundings)));
        try
        {
            await house.BuildAsync(request, surroundings.CacheRoot, loggers, time, cancellationToken);
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_mount is not null)
            await _mount.DisposeAsync();
        if (_engine is not null)
            await _engine.DisposeAsync();
        // Nothing is sent any more, so what it says now is what the next mount finds.
        if (_unsent is not null)
            await _unsent.DisposeAsync();
        _cache?.Dispose();
        if (_client is not null)
            await _client.DisposeAsync();
    }

    private async Task BuildAsync(
        MountRequest request, string cacheRoot, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        WhyReadOnly = request.ReadOnly ? null : ReasonToOnlyRead(Settings.Token);
        IsReadOnly = request.ReadOnly || WhyReadOnly is not null;
        FuseMount.Require(Host(request), loggers);

        _client = new SynapseClient(Settings, new SynapseClientOptions(), time, loggers);

        Source = await new SourceFinder(_client, Settings, cacheRoot).FindAsync(request, cancellationToken);

        var directory = request.CacheDirectory ?? CacheLocation.For(cacheRoot, Settings.Endpoints.Repo, Source);
        if (MountTable.Holding(RealPath.Of(directory)) is { IsSynapseFs: true } holding)
        {
            throw new CliException(
                $"The cache directory {directory} lies in the mount at {holding.Mountpoint}; name one on a disk with --cache-dir.");
        }

        _cache = CacheDirectory.Open(directory, new StoreOptions { CacheSize = request.CacheSize }, time, loggers);
        RememberedMount.Of(Source, request.Asked, Settings).Write(directory);

        var naming = request.EscapesNames ? NamingMode.Escape : NamingMode.Plain;
        var localXattrs = request.LocalXattrs is { } xattrs ? LocalNamesText.Parse(xattrs, EntityXattrNames.Local) : null;
        _capture = new ProvenanceCapture(request.IsHandedIn ? null : request.Mountpoint, request.CapturesProvenance, time);
        var providers = SynapseKinds.Create(
            _client, Source.Root, time, naming, localXattrs, CopiesOf(Settings, request, time, loggers), () => StatusText(), _capture,
            await ViewsAsync(request, cancellationToken));
        _engine = new RemoteFileSystem(_cache, providers, Source.Root, Engine(request), time, loggers);
        _unsent = new UnsentWatch(
            directory, () => Status.Pending, pending => UnsentNote.Of(pending, Source.Title, directory, request, time.GetUtcNow()), time,
            loggers.CreateLogger<UnsentWatch>());

        _mount = await FuseMount.StartAsync(_engine, Host(request) with { Source = Source.Id }, loggers, cancellationToken);
    }

    // Not where it would be this mount itself.
    private static PythonClientCache? CopiesOf(
        SynapseSettings settings, MountRequest request, TimeProvider time, ILoggerFactory loggers) =>
        settings.PythonCache is { } root && !$"{RealPath.Of(root)}/".StartsWith($"{request.Mountpoint}/", StringComparison.Ordinal)
            ? new PythonClientCache(root, request.SharesCache, time, loggers.CreateLogger<PythonClientCache>())
            : null;

    // Out of reach nothing is known of them, and they are not needed.
    private async Task<WishedViews> ViewsAsync(MountRequest request, CancellationToken cancellationToken)
    {
        if (request.Offline || Source.Trouble is not null || request.At is not null)
            return WishedViews.None;
        try
        {
            return await WishedViews.ReadAsync(
                _client!, request.Views, Source.Id == MountSource.ProjectsId ? null : Source.Id, cancellationToken);
        }
        catch (FsException unusable)
        {
            throw new CliException(unusable.Message, unusable);
        }
    }

    private async Task<string?> FactAsync(InodeNumber inode, string fact, CancellationToken cancellationToken) =>
        await _engine!.GetXattrAsync(Caller.Internal, inode, $"user.synapse.{fact}", cancellationToken) is { } value
            ? Encoding.UTF8.GetString(value.Span)
            : null;

    private static string? ReasonToOnlyRead(string? token) => token switch
    {
        null => "You are not signed in, so nothing can be changed through this mount; to write, run synapsefs login and mount again.",
        _ when !TokenScopes.AllowWriting(token) =>
            "Your token lacks the scope modify, so nothing can be changed through this mount; make one with view, download and " +
                $"modify at {TokenScopes.TokenPage}",
        _ => null,
    };

    private MountOptions Engine(MountRequest request)
    {
        var usual = new MountOptions();
        return usual with
        {
            MetadataTtl = request.MetadataTtl,
            Offline = request.Offline,
            ReadOnly = IsReadOnly,
            SyncsRemotely = request.SyncsRemotely,
            VerifiesBeforeEnd = request.VerifiesBeforeEnd,
            LocalNames = request.LocalNames is { } names ? LocalNamesText.Parse(names, LocalNames.Defaults) : usual.LocalNames,
            SettleTime = request.SettleTime ?? usual.SettleTime,
            // Where a handed-in descriptor is mounted is its parent's business.
            Mountpoint = request.IsHandedIn ? null : request.Mountpoint,
            AccountName = Source.Account,
            RootDetails = Source.Details,
        };
    }

    private FuseMountOptions Host(MountRequest request) => new()
    {
        Mountpoint = request.Mountpoint,
        Source = request.Source ?? "projects",
        AllowOther = request.AllowOther,
        ReadOnly = IsReadOnly,
        Passthrough = request.Passthrough,
    };
}
