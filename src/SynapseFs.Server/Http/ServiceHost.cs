using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SynapseFs.Server.Control;
using SynapseFs.Server.Faulting;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Http;

/// <summary>Wires the world to Kestrel and owns both; the only file that knows every part.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly SynapseWorld _world;
    private readonly WebApplication _service;
    private readonly JobRunner _jobs;
    private WebApplication? _control;
    private volatile bool _isThrottled;

    private ServiceHost(ServerOptions options, ILogger logger, TimeProvider time)
    {
        _isThrottled = options.IsThrottled;
        _world = SynapseWorld.Open(options, time);
        FirstUser = _world.EnsureFirstUser(options.FirstUserName);
        Accounts = [.. options.Users.Select(_world.EnsureUser)];
        _service = Build(options.Port);
        var recorder = new Recorder(RequestLog, time, logger);
        var faults = new FaultGate(Faults, time);
        var gate = new Gate(_world, new Throttle(options, time), () => _isThrottled);
        _service.UseRouting();
        _service.Use((http, next) => recorder.InvokeAsync(http, next));
        _service.Use((http, next) => gate.InvokeAsync(http, next));
        _service.Use((http, next) => faults.InvokeAsync(http, next));
        ServiceMap.AddAll(_service, _world, options, time);
        _jobs = new JobRunner(_world, options.JobDelay, time, logger);
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

    public static async Task<ServiceHost> StartAsync(
        ServerOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger("SynapseFs.Server");
        var host = new ServiceHost(options, logger, time);
        try
        {
            host.Address = await ListenAsync(host._service, options.Port, cancellationToken);
            if (options.ControlPort is { } port)
            {
                host._control = Build(port);
                ControlInterface.Map(host._control, host);
                host.ControlAddress = await ListenAsync(host._control, port, cancellationToken);
            }

            Log.Serving(logger, options.DataDirectory, host.Address);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        // Whoever still reads has had their chance: a stalled transfer must not hold up the end.
        using var noGrace = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _service.StopAsync(noGrace.Token);
        await _service.DisposeAsync();
        await _jobs.DisposeAsync();
        _world.Dispose();
    }

    // The empty builder reads neither files nor environment of whoever hosts us, and takes no signals. Its own logging stays
    // silent: ASP.NET Core would write whole URLs, and ours carry signatures.
    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxResponseBufferSize = 1 << 20;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static async Task<Uri> ListenAsync(WebApplication app, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            throw new ServerException($"Port {port} on 127.0.0.1 is taken; choose another with --port, or 0 for any.", taken);
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new Uri(addresses!.Addresses.First());
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
