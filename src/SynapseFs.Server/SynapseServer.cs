using Microsoft.Extensions.Logging;
using SynapseFs.Server.Http;

namespace SynapseFs.Server;

/// <summary>
/// A Synapse-compatible server inside this process: its world lives in a data directory and is there again after a restart.
/// Disposing stops it; what it acknowledged is on disk.
/// </summary>
public sealed class SynapseServer : IAsyncDisposable
{
    private readonly ServiceHost _host;

    private SynapseServer(ServiceHost host) => _host = host;

    /// <summary>Scheme, host and port, without a path.</summary>
    public Uri BaseAddress => _host.Address;

    public Uri RepoEndpoint => new(BaseAddress, "/repo/v1");
    public Uri AuthEndpoint => new(BaseAddress, "/auth/v1");
    public Uri FileEndpoint => new(BaseAddress, "/file/v1");

    /// <summary>The control interface; null unless <see cref="ServerOptions.ControlPort"/> asked for it.</summary>
    public Uri? ControlAddress => _host.ControlAddress;

    internal IEnumerable<string> Routes => _host.Routes;

    public ServerAccount FirstUser => _host.FirstUser;

    /// <summary>The users of <see cref="ServerOptions.Users"/>, in their order.</summary>
    public IReadOnlyList<ServerAccount> Accounts => _host.Accounts;

    public Faults Faults => _host.Faults;

    public RequestLog Log => _host.RequestLog;

    /// <summary>Whether Synapse's limits (3 at a time, 600 a minute) are in force; off while a sample is poured in, say.</summary>
    public bool IsThrottled
    {
        get => _host.IsThrottled;
        set => _host.IsThrottled = value;
    }

    /// <summary>How far ahead of the true time the server's clock is, in dates and in what expires; negative: behind.</summary>
    public TimeSpan ClockSkew
    {
        get => _host.ClockSkew;
        set => _host.ClockSkew = value;
    }

    /// <summary>Puts the service under maintenance or back into use; the message is what callers read.</summary>
    public void SetState(StackState state, string? message) => _host.SetState(state, message);

    /// <summary>Starts and returns once calls are accepted.</summary>
    /// <exception cref="ServerException">The port is taken, or the data directory is in use, unusable or damaged.</exception>
    public static async Task<SynapseServer> StartAsync(
        ServerOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        ArgumentNullException.ThrowIfNull(time);
        return new SynapseServer(await ServiceHost.StartAsync(options, loggers, time, cancellationToken));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
