using Microsoft.Extensions.Logging;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Core;
using SynapseFs.Entities;
using SynapseFs.Fuse;
using SynapseFs.Store;

namespace SynapseFs.CrashMount;

/// <summary>One mount, wired as the command line program wires it, with a journal that can be watched.</summary>
internal sealed class MountedHouse : IAsyncDisposable
{
    private readonly SynapseClient _client;
    private readonly CacheDirectory _cache;
    private readonly RemoteFileSystem _engine;

    private MountedHouse(SynapseClient client, CacheDirectory cache, RemoteFileSystem engine, FuseMount mount)
    {
        _client = client;
        _cache = cache;
        _engine = engine;
        Mount = mount;
    }

    public FuseMount Mount { get; }

    public RemoteFileSystem Engine => _engine;

    public static async Task<MountedHouse> StartAsync(CrashRequest request, string token, Passings passings, ILoggerFactory log)
    {
        var time = TimeProvider.System;
        var settings = new SynapseSettings { Endpoints = SynapseEndpoints.FromOverride(request.Endpoint), Token = token };
        // The embedded server that this talks to was told to have no limits.
        var unlimited = new SynapseClientOptions { CallsInFlight = 8, BackgroundCallsInFlight = 6, CallsPerWindow = 1_000_000 };
        var client = new SynapseClient(settings, unlimited, time, log);
        var project = await client.Entities.GetAsync(request.Project, null, RequestPriority.Interactive, CancellationToken.None);
        var root = SynapseKinds.RootOf(project) ?? throw new InvalidOperationException($"{request.Project} is no directory.");
        var cache = CacheDirectory.Open(request.CacheDirectory, new StoreOptions(), time, log);
        var options = new MountOptions
        {
            ReadOnly = false,
            MetadataTtl = request.MetadataTtl,
            SettleTime = request.SettleTime,
            SyncsRemotely = request.SyncsRemotely,
            Mountpoint = request.Mountpoint,
            AccountName = "crash",
            Passing = passings.Pass,
        };
        var engine = new RemoteFileSystem(cache, SynapseKinds.Create(client, root, time), root, options, time, log);
        var host = new FuseMountOptions { Mountpoint = request.Mountpoint, Source = "crash" };
        var mount = await FuseMount.StartAsync(engine, host, log, CancellationToken.None);
        return new MountedHouse(client, cache, engine, mount);
    }

    public async ValueTask DisposeAsync()
    {
        await Mount.DisposeAsync();
        await _engine.DisposeAsync();
        _cache.Dispose();
        await _client.DisposeAsync();
    }
}
