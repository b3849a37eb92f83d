using Renci.SshNet;
using Renci.SshNet.Common;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// Makes signed-in connections. The host has to prove itself before anything secret is sent: a mount runs where nobody can be asked,
/// so a host that nobody vouched for is refused, also at its first use.
/// </summary>
internal static class SftpSignIn
{
    private const string CertificateMark = "-cert-v01@";
    private const string RsaKey = "ssh-rsa";

    /// <exception cref="SynapseException">StorageRefused: the host cannot be trusted, or refuses us.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public static async Task<SftpClient> ConnectAsync(
        SftpHost host, KnownHosts known, TimeSpan timeout, TimeSpan answer, CancellationToken cancellationToken)
    {
        using var keys = new PrivateKeys(host);
        var connection = new ConnectionInfo(host.Address, host.Port, host.Login.UserName, Methods(host, keys)) { Timeout = timeout };
        KeepTo(connection, known.TypesOf(host.Address, host.Port));
        var client = new SftpClient(connection) { OperationTimeout = answer, KeepAliveInterval = TimeSpan.FromSeconds(15) };
        var (verdict, fingerprint) = (HostKeyVerdict.Trusted, "");
        client.HostKeyReceived += (_, shown) =>
        {
            verdict = known.Judge(host.Address, host.Port, shown.HostKey);
            fingerprint = $"{shown.HostKeyName} SHA256:{shown.FingerPrintSHA256}";
            shown.CanTrust = verdict == HostKeyVerdict.Trusted;
        };
        try
        {
            await client.ConnectAsync(cancellationToken);
            return client;
        }
        catch (Exception failure)
        {
            client.Dispose();
            throw verdict == HostKeyVerdict.Trusted
                ? SftpErrors.TranslateConnecting(failure, host)
                : SftpErrors.Untrusted(host, verdict, fingerprint);
        }
    }

    // A host has several keys; it is asked for one of a kind that is known, as ssh does, or a key nobody knows would be shown for it.
    private static void KeepTo(ConnectionInfo connection, IReadOnlyList<string> types)
    {
        foreach (var name in connection.HostKeyAlgorithms.Keys.ToList())
        {
            var type = name.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? RsaKey : name;
            if (name.Contains(CertificateMark, StringComparison.Ordinal) || (types.Count > 0 && !types.Contains(type)))
                connection.HostKeyAlgorithms.Remove(name);
        }
    }

    private static AuthenticationMethod[] Methods(SftpHost host, PrivateKeys keys)
    {
        var (user, password) = (host.Login.UserName, host.Login.Password);
        var methods = new List<AuthenticationMethod>();
        if (keys.Files.Count > 0)
            methods.Add(new PrivateKeyAuthenticationMethod(user, [.. keys.Files]));
        if (password is not null)
        {
            methods.Add(new PasswordAuthenticationMethod(user, password));
            methods.Add(Interactive(user, password));
        }
        return methods.Count > 0 ? [.. methods] : throw SftpErrors.NoLogin(host);
    }

    // Some servers ask for the password in a dialogue only.
    private static KeyboardInteractiveAuthenticationMethod Interactive(string user, string password)
    {
        var method = new KeyboardInteractiveAuthenticationMethod(user);
        method.AuthenticationPrompt += (_, asked) =>
        {
            foreach (var prompt in asked.Prompts.Where(prompt => !prompt.IsEchoed))
                prompt.Response = password;
        };
        return method;
    }

    private sealed class PrivateKeys : IDisposable
    {
        public PrivateKeys(SftpHost host)
        {
            foreach (var path in host.Login.PrivateKeys)
            {
                try
                {
                    Files.Add(new PrivateKeyFile(path, host.Login.Passphrase));
                }
                catch (Exception e) when (e is SshException or IOException or UnauthorizedAccessException or NotSupportedException)
                {
                    // Of several that were only found, one that fits is enough.
                    if (host.Login.PrivateKeys.Count == 1)
                    {
                        Dispose();
                        throw SftpErrors.NoKeyFits(host, path, e);
                    }
                }
            }
        }

        public List<PrivateKeyFile> Files { get; } = [];

        public void Dispose() => Files.ForEach(file => file.Dispose());
    }
}
