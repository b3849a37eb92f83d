using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace SynapseFs.Server.Control;

/// <summary>The control interface on a Unix socket that only its owner may use.</summary>
internal static class ControlSocket
{
    /// <summary>What the address of a Unix socket holds, its final zero left out (sockaddr_un of Linux).</summary>
    private const int LongestPath = 107;

    /// <exception cref="ServerException">The path is longer than an address of a socket.</exception>
    public static void RequireShort(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            throw new ServerException($"The control socket {path} cannot be made: its path is longer than {LongestPath} bytes.");
        }
    }

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
        if (Directory.Exists(path))
        {
            throw new IOException("it is a directory");
        }

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
            if (IsSocket(path))
            {
                File.Delete(path);
                return;
            }

            throw new IOException("there is a file of that name already", dead);
        }

        throw new IOException("another process listens there");
    }

    // A socket is the one kind of file that cannot be opened by its owner.
    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
