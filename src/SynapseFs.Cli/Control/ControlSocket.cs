using System.Net.Sockets;

namespace SynapseFs.Cli.Control;

/// <summary>
/// A running mount's door for the other commands: whoever connects sends one line and is sent an answer (<see cref="ControlConnection"/>).
/// Owns the connections, each of which has a task of its own.
/// </summary>
internal sealed class ControlSocket : IAsyncDisposable
{
    // Without a free descriptor accept fails at once, again and again.
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(200);

    private readonly Socket _listener;
    private readonly ControlVerbs _verbs;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    private ControlSocket(Socket listener, ControlVerbs verbs, TimeProvider time)
    {
        _listener = listener;
        _verbs = verbs;
        _time = time;
        _serving = ServeAsync(_stopping.Token);
    }

    /// <summary>Listens at a path in a directory that only the user may enter.</summary>
    /// <exception cref="CliException">The path cannot be listened at.</exception>
    public static ControlSocket Listen(string path, ControlVerbs verbs, TimeProvider time)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(8);
            return new ControlSocket(listener, verbs, time);
        }
        catch (Exception problem) when (problem is SocketException or ArgumentException or IOException)
        {
            listener.Dispose();
            throw new CliException($"The control socket {path} cannot be made: {problem.Message} Set XDG_RUNTIME_DIR to a short, " +
                "writable path.", problem);
        }
    }

    /// <summary>Whoever still waits is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        List<Task> connections = [];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var peer = await _listener.AcceptAsync(cancellationToken);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(new ControlConnection(peer, _verbs, _time).AnswerAsync(cancellationToken));
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // A peer that went away, or the end: the loop's condition tells which.
                if (problem is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets })
                    await Task.Delay(AcceptPause, CancellationToken.None);
            }
        }
        await Task.WhenAll(connections);
    }
}
