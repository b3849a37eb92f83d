using SynapseFs.Testing.Processes;

namespace SynapseFs.Testing.Elsewhere;

/// <summary>
/// OpenSSH's own server with keys, users and a port of its own. It sees its own list of users (a mount namespace), so the machine's
/// stays untouched; that takes root.
/// </summary>
public sealed class SshServer : IAsyncDisposable
{
    public const string User = "keeper";
    public const string Password = "open sesame 7f3a";

    private const string Program = "/usr/sbin/sshd";
    private const string Host = "127.0.0.1";
    private const string Ids = "12345:12345";

    private readonly TemporaryDirectory _directory = new();
    private Loopback? _running;

    private SshServer(int port) => Port = port;

    public int Port { get; }

    /// <summary>"sftp://127.0.0.1:port".</summary>
    public string Address => $"sftp://{Host}:{Port}";

    /// <summary>What the user may write to, by the path that the server shows it under.</summary>
    public string Files => _directory.Combine("files");

    /// <summary>A private key that opens the user's account.</summary>
    public string UserKey => _directory.Combine("user_key");

    /// <summary>The line by which ssh knows the host; a person accepts it by logging in once.</summary>
    public string KnownHostsLine => $"[{Host}]:{Port} {string.Join(' ', File.ReadAllText(_directory.Combine("host_key.pub")).Split(' ')[..2])}\n";

    /// <summary>What the server says, sign-ins among it.</summary>
    public string Said => _running?.Said ?? "";

    /// <summary>Why none can run here; null: one can.</summary>
    public static string? WhyNone => !Environment.IsPrivilegedProcess ? "An SSH server with users of its own takes root."
        : !File.Exists(Program) ? $"{Program} is missing; Debian's package is openssh-server." : null;

    public static async Task<SshServer> StartAsync()
    {
        var server = new SshServer(Loopback.FreePort());
        var at = server._directory.Path;
        var made = await Command.ShellAsync(
            $"cd '{at}' && chmod 711 . && mkdir files && chown {Ids} files && ssh-keygen -q -t ed25519 -N '' -f user_key && "
            + $"mv user_key.pub authorized_keys && cp /etc/passwd passwd && echo '{User}:x:{Ids}::{server.Files}:/bin/sh' >> passwd && "
            + $"printf '{User}:%s:19000:0:99999:7:::\\n' \"$(openssl passwd -6 '{Password}')\" > shadow && chmod 600 shadow");
        _ = made.Text;
        await File.WriteAllTextAsync(
            server._directory.Combine("config"),
            $"""
            Port {server.Port}
            ListenAddress {Host}
            HostKey {at}/host_key
            PidFile none
            UsePAM no
            PasswordAuthentication yes
            KbdInteractiveAuthentication no
            AuthorizedKeysFile {at}/authorized_keys
            StrictModes no
            Subsystem sftp internal-sftp
            LogLevel VERBOSE

            """);
        await server.NewHostKeyAsync();
        await server.ResumeAsync();
        return server;
    }

    /// <summary>The host shows another key from its next start on.</summary>
    public async Task NewHostKeyAsync() => _ = (await Command.ShellAsync(
        $"cd '{_directory.Path}' && rm -f host_key host_key.pub && ssh-keygen -q -t ed25519 -N '' -f host_key")).Text;

    /// <summary>Ends it with all its connections; the port answers nobody.</summary>
    public async Task StopAsync()
    {
        if (_running is not null)
            await _running.DisposeAsync();
        _running = null;
    }

    public async Task ResumeAsync()
    {
        var at = _directory.Path;
        // Mounts of the test would live on in the copy, and their programs wait for it.
        var line = "grep ' fuse' /proc/self/mounts | cut -d' ' -f2 | xargs -r umount -l; "
            + $"mount --bind '{at}/passwd' /etc/passwd && mount --bind '{at}/shadow' /etc/shadow && mount -t tmpfs tmpfs /run && "
            + $"mkdir -p /run/sshd && exec {Program} -D -e -f '{at}/config'";
        _running = await Loopback.StartAsync("unshare", ["--mount", "--propagation", "private", "sh", "-c", line], Port);
    }

    /// <summary>Puts a file there; answers its address.</summary>
    public async Task<string> AddAsync(string name, byte[] bytes)
    {
        var path = Path.Combine(Files, name);
        await File.WriteAllBytesAsync(path, bytes);
        return $"{Address}{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }
}
