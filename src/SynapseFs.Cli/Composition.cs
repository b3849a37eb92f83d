using Microsoft.Extensions.Logging;
using SynapseFs.Cli.Mounting;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Core;
using SynapseFs.Entities;
using SynapseFs.Fuse;
using SynapseFs.Store;

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

    private Composition(SynapseSettings settings) => Settings = settings;

    public SynapseSettings Settings { get; }

    public MountSource Source { get; private set; } = null!;

    public FuseMount Mount => _mount!;

    public string CachePath => _cache!.Path;

    public MountStatus Status => _engine!.GetStatus();

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
        _cache?.Dispose();
        if (_client is not null)
            await _client.DisposeAsync();
    }

    private async Task BuildAsync(
        MountRequest request, string cacheRoot, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        FuseMount.Require(Host(request), loggers);

        _client = new SynapseClient(Settings, new SynapseClientOptions(), time, loggers);

        Source = await new SourceFinder(_client, Settings, cacheRoot).FindAsync(request, cancellationToken);

        var directory = request.CacheDirectory ?? CacheLocation.For(cacheRoot, Settings.Endpoints.Repo, Source);
        _cache = CacheDirectory.Open(directory, new StoreOptions { CacheSize = request.CacheSize }, time, loggers);
        RememberedMount.Of(Source, request.Source, Settings).Write(directory);

        var providers = SynapseKinds.Create(_client, Source.Root, time);
        var options = new MountOptions { MetadataTtl = request.MetadataTtl, Offline = request.Offline, RootDetails = Source.Details };
        _engine = new RemoteFileSystem(_cache, providers, Source.Root, options, time, loggers);

        _mount = await FuseMount.StartAsync(_engine, Host(request) with { Source = Source.Id }, loggers, cancellationToken);
    }

    private static FuseMountOptions Host(MountRequest request) => new()
    {
        Mountpoint = request.Mountpoint,
        Source = request.Source ?? "projects",
        AllowOther = request.AllowOther,
        ReadOnly = true,
    };
}
