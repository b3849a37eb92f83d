using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Testing.Elsewhere;

/// <summary>A server program on a port of this machine's own, ended with the test.</summary>
public sealed class Loopback : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private int _isDisposed;

    private Loopback(Process process) => _process = process;

    /// <summary>What the program wrote so far, both streams.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>A port that nothing listens on just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Returns when the program listens on the port.</summary>
    public static async Task<Loopback> StartAsync(string program, IReadOnlyList<string> arguments, int port)
    {
        var server = new Loopback(new Process { StartInfo = Command.StartInfo(program, arguments, null) });
        server._process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        if (await Eventually.HoldsAsync(() => server._process.HasExited || Listens(port), Patience) && !server._process.HasExited)
            return server;
        await server.DisposeAsync();
        throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' does not listen on port {port}.\n{server.Said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}
