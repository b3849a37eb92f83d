using System.Net.Sockets;
using System.Text.Json;

namespace SynapseFs.Cli.Registry;

/// <summary>A running mount's door for <c>synapsefs status</c>: whoever connects is sent the state as JSON, and that is all.</summary>
internal sealed class ControlSocket : IAsyncDisposable
{
    // Without a free descriptor accept fails at once, again and again.
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(200);

    private readonly Socket _listener;
    private readonly Func<MountReport> _report;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    private ControlSocket(Socket listener, Func<MountReport> report)
    {
        _listener = listener;
        _report = report;
        _serving = ServeAsync(_stopping.Token);
    }

    /// <summary>Listens at a path in a directory that only the user may enter.</summary>
    /// <exception cref="CliException">The path cannot be listened at.</exception>
    public static ControlSocket Listen(string path, Func<MountReport> report)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(8);
            return new ControlSocket(listener, report);
        }
        catch (Exception problem) when (problem is SocketException or ArgumentException or IOException)
        {
            listener.Dispose();
            throw new CliException($"The control socket {path} cannot be made: {problem.Message} Set XDG_RUNTIME_DIR to a short, writable path.", problem);
        }
    }

    /// <summary>The state of a mount, or null when nobody answers within the time.</summary>
    public static async Task<MountReport?> AskAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token);
            await using var stream = new NetworkStream(socket);
            return await JsonSerializer.DeserializeAsync(stream, CliJson.Readable.MountReport, limit.Token);
        }
        catch (Exception problem) when (problem is SocketException or IOException or JsonException or ArgumentException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var peer = await _listener.AcceptAsync(cancellationToken);
                await using var stream = new NetworkStream(peer);
                await JsonSerializer.SerializeAsync(stream, _report(), CliJson.Readable.MountReport, cancellationToken);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // A peer that went away, or the end: the loop's condition tells which.
                if (problem is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets })
                    await Task.Delay(AcceptPause, CancellationToken.None);
            }
        }
    }
}
