using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SynapseFs.Server.Control;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Faulting;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Jobs;
using SynapseFs.Server.World.Previews;
using SynapseFs.Server.World.Schemas;

namespace SynapseFs.Server.Http;

/// <summary>Wires the world to Kestrel and owns both; the only file that knows every part.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly SynapseWorld _world;
    private readonly WebApplication _service;
    private readonly JobRunner _jobs;
    private readonly PreviewRunner _previews;
    private readonly UploadSweeper _sweeper;
    private readonly ViewFollower _views;
    private readonly SchemaFollower _schemas;
    private WebApplication? _control;
    private WebApplication? _controlSocket;
    private readonly ServerClock _clock;
    private readonly Stack _stack;
    private volatile bool _isThrottled;
    private int _isStopped;

    private ServiceHost(ServerOptions options, ILogger logger, TimeProvider trueTime)
    {
        var time = _clock = new ServerClock(trueTime);
        _stack = new Stack(options.State);
        _isThrottled = options.IsThrottled;
        _world = SynapseWorld.Open(options, time);
        try
        {
            FirstUser = _world.Accounts.EnsureFirst(options.FirstUserName, options.FirstUserPassword);
            Accounts = [.. options.Users.Select(_world.Accounts.Ensure)];
        }
        catch
        {
            _world.Dispose();
            throw;
        }

        _service = Build(kestrel => kestrel.Listen(options.ListenAddress, options.Port, AsHttp1));
        var recorder = new Recorder(RequestLog, _clock, logger);
        var faults = new FaultGate(Faults, new WorldFaults(_world), time);
        var gate = new Gate(_world, _stack, new Throttle(options, time), () => _isThrottled);
        _service.UseRouting();
        _service.Use((http, next) => recorder.InvokeAsync(http, next));
        _service.Use((http, next) => gate.InvokeAsync(http, next));
        _service.Use((http, next) => faults.InvokeAsync(http, next));
        ServiceMap.AddAll(_service, _world, options, _stack, time);
        _jobs = new JobRunner(_world, options.JobDelay, time, logger);
        _previews = new PreviewRunner(_world, logger);
        _sweeper = new UploadSweeper(_world, time, logger);
        _views = new ViewFollower(_world.Views, options.IndexDelay, time, logger);
        _schemas = new SchemaFollower(_world, options.IndexDelay, time, logger);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");
    public Uri? ControlAddress { get; private set; }
    public ServerAccount FirstUser { get; }
    public IReadOnlyList<ServerAccount> Accounts { get; }
    public Faults Faults { get; } = new();
    public RequestLog RequestLog { get; } = new();

    public bool IsThrottled
    {
        get => _isThrottled;
        set => _isThrottled = value;
    }

    /// <summary>Every route as "METHOD pattern".</summary>
    public IEnumerable<string> Routes =>
        from endpoint in ((IEndpointRouteBuilder)_service).DataSources.SelectMany(source => source.Endpoints)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where endpoint.Metadata.GetMetadata<ServiceRoute>() is not null
        select $"{method} {endpoint.Metadata.GetMetadata<ServiceRoute>()!.Pattern}";

    /// <summary>The objects that changed after a change number, in the order of their latest changes.</summary>
    public IReadOnlyList<ChangeRow> ChangesSince(long number, int limit) =>
        _world.Database.Transact(() => _world.Changes.Since(number, objectType: null, limit));

    public TimeSpan ClockSkew
    {
        get => _clock.Skew;
        set => _clock.Skew = value;
    }

    public StackState State => _stack.State;

    public void SetState(StackState state, string? message) => _stack.Set(state, message);

    public static async Task<ServiceHost> StartAsync(
        ServerOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger("SynapseFs.Server");
        var host = Open(options, logger, time);
        try
        {
            host.Address = await ListenAsync(host._service, options.ListenAddress, options.Port, cancellationToken);
            await host.ListenForControlAsync(options, cancellationToken);

            Log.Serving(logger, options.DataDirectory, host.Address);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private static ServiceHost Open(ServerOptions options, ILogger logger, TimeProvider time)
    {
        try
        {
            return new ServiceHost(options, logger, time);
        }
        catch (Exception full) when (DiskSpace.IsUsedUp(full))
        {
            throw new ServerException(
                $"There is no space left for the data directory {options.DataDirectory}; make room, or choose another directory.", full);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever has the server die under a test stops it once more at the test's end.
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        foreach (var control in new[] { _control, _controlSocket })
        {
            if (control is not null)
            {
                await control.DisposeAsync();
            }
        }

        // Whoever still reads has had their chance: a stalled transfer must not hold up the end.
        using var noGrace = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _service.StopAsync(noGrace.Token);
        await _service.DisposeAsync();
        _world.TableIndex.EndQueries();
        await _schemas.DisposeAsync();
        await _jobs.DisposeAsync();
        await _previews.DisposeAsync();
        await _sweeper.DisposeAsync();
        await _views.DisposeAsync();
        _world.Dispose();
    }

    private async Task ListenForControlAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        if (options.ControlPort is { } port)
        {
            _control = Build(kestrel => kestrel.Listen(IPAddress.Loopback, port, AsHttp1));
            ControlInterface.Map(_control, this);
            ControlAddress = await ListenAsync(_control, IPAddress.Loopback, port, cancellationToken);
        }

        if (options.ControlSocket is { } path)
        {
            ControlSocket.RequireShort(path);
            _controlSocket = Build(kestrel => kestrel.ListenUnixSocket(path, AsHttp1));
            ControlInterface.Map(_controlSocket, this);
            await ControlSocket.ListenAsync(_controlSocket, path, cancellationToken);
        }
    }

    // The empty builder reads neither files nor environment of whoever hosts us, and takes no signals. Its own logging stays
    // silent: ASP.NET Core would write whole URLs, and ours carry signatures.
    private static WebApplication Build(Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // File names in ISO-8859-1, as S3 sends them.
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxResponseBufferSize = 1 << 20;
            listen(kestrel);
        });
        return builder.Build();
    }

    private static void AsHttp1(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;

    private static async Task<Uri> ListenAsync(WebApplication app, IPAddress address, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            var reason = refused.InnerException is AddressInUseException ? "is taken" : $"cannot be had ({refused.Message.TrimEnd('.')})";
            throw new ServerException($"Port {port} on {address} {reason}; choose another, or 0 for any.", refused);
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        // Who listens everywhere is reached here too, but nowhere under "everywhere".
        return new Uri(addresses!.Addresses.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
            .Replace("[::]", "[::1]", StringComparison.Ordinal));
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
