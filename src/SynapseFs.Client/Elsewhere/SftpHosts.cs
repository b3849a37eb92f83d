using SynapseFs.Client.Configuration;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// Connections to SFTP servers. Signing in costs several round trips, so the transfers of a host share one connection, which is kept for
/// a minute after the last of them. One on which something went wrong is given to nobody new.
/// </summary>
internal sealed class SftpHosts(StorageLogins logins, SynapseClientOptions options, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<string, Task<SftpConnection>> _current = new(StringComparer.Ordinal);
    private readonly HashSet<SftpConnection> _all = [];
    private readonly List<Task> _closings = [];
    private readonly CancellationTokenSource _end = new();
    private ITimer? _sweep;

    /// <summary>A share of the host's connection, which is made if there is none. Dispose it.</summary>
    /// <exception cref="SynapseException">StorageRefused.</exception>
    /// <exception cref="IOException">Out of reach.</exception>
    public async Task<SftpUse> EnterAsync(Uri address, CancellationToken cancellationToken)
    {
        var (host, port) = (address.IdnHost, SftpPath.PortOf(address));
        var key = $"{host}:{port}";
        while (true)
        {
            var connection = await Joined(key, host, port).WaitAsync(cancellationToken);
            lock (_lock)
            {
                if (!connection.IsGood)
                    continue;
                connection.Uses++;
                return new SftpUse(this, connection);
            }
        }
    }

    internal void Suspect(SftpConnection connection)
    {
        lock (_lock)
            connection.IsSuspect = true;
    }

    internal void Leave(SftpConnection connection)
    {
        lock (_lock)
        {
            connection.Uses--;
            connection.IdleSince = time.GetTimestamp();
        }
        Sweep();
    }

    /// <summary>Remembers what still runs, to wait for it at the end.</summary>
    internal void Closing(Task closing)
    {
        lock (_lock)
        {
            _closings.RemoveAll(task => task.IsCompleted);
            _closings.Add(closing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] running;
        lock (_lock)
            running = [.. _current.Values];
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _sweep?.Dispose();
            // Ends whatever still waits for an answer on one of them.
            foreach (var connection in _all)
                connection.Client.Dispose();
            _all.Clear();
            running = [.. _closings];
        }
        await Task.WhenAll(running);
        _end.Dispose();
    }

    // Others may join, so one asker's patience must not end it.
    private Task<SftpConnection> Joined(string key, string host, int port)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
            if (_current.TryGetValue(key, out var coming) && (!coming.IsCompleted || (coming.IsCompletedSuccessfully && coming.Result.IsGood)))
                return coming;
            return _current[key] = Task.Run(() => ConnectAsync(host, port));
        }
    }

    private async Task<SftpConnection> ConnectAsync(string address, int port)
    {
        var host = new SftpHost(address, port, LoginOf(address, port));
        var client = await SftpSignIn.ConnectAsync(
            host, KnownHosts.Read(logins.KnownHosts), 2 * options.ConnectTimeout, options.StallTimeout * 0.75, _end.Token);
        var connection = new SftpConnection(client, host) { IdleSince = time.GetTimestamp() };
        lock (_lock)
        {
            _all.Add(connection);
            _sweep ??= time.CreateTimer(_ => Sweep(), null, Rest, Rest);
        }
        return connection;
    }

    private SftpLogin LoginOf(string address, int port)
    {
        try
        {
            return logins.OfSftp(address, port);
        }
        catch (SynapseConfigurationException e)
        {
            throw new SynapseException(SynapseFailure.StorageRefused, e.Message, inner: e);
        }
    }

    // Ends what nobody uses any more.
    private void Sweep()
    {
        List<SftpConnection> ended;
        lock (_lock)
        {
            ended = [.. _all.Where(connection => connection.Uses == 0
                && (!connection.IsGood || time.GetElapsedTime(connection.IdleSince) >= Rest))];
            foreach (var connection in ended)
            {
                connection.IsSuspect = true;
                _all.Remove(connection);
            }
        }
        ended.ForEach(connection => connection.Client.Dispose());
    }
}
