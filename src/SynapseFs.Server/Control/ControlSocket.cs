using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;

namespace SynapseFs.Server.Control;

/// <summary>The control interface on a Unix socket that only its owner may use.</summary>
internal static class ControlSocket
{
    public static async Task ListenAsync(WebApplication app, string path, CancellationToken cancellationToken)
    {
        try
        {
            RemoveDead(path);
            await app.StartAsync(cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

        }
        catch (Exception refused) when (
            refused is IOException or SocketException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            throw new ServerException($"The control socket {path} cannot be made: {refused.Message}", refused);
        }
    }

    // What a killed server left behind may go; a socket that answers, or a file that is none, is somebody's.
    private static void RemoveDead(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException dead) when (dead.SocketErrorCode == SocketError.ConnectionRefused)
        {
            if ((File.GetAttributes(path) & FileAttributes.Directory) == 0 && new FileInfo(path).Length == 0)
            {
                File.Delete(path);
            }

            return;
        }

        throw new IOException("another process listens there");
    }
}
