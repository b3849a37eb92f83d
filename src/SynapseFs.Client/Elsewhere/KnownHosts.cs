using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// The hosts whose keys a person has accepted, in ssh's own format (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain, hashed and wildcard
/// names, ports in brackets, revoked keys. Certificates of hosts are not judged: lines of their authorities are passed over. Pure but for
/// <see cref="Read"/>. No package on our list reads that format.
/// </summary>
internal sealed class KnownHosts
{
    private const int StandardPort = 22;
    private const string RevokedMark = "@revoked";

    private readonly List<Line> _lines = [];

    private KnownHosts()
    {
    }

    /// <summary>Files that are missing or may not be read vouch for nobody.</summary>
    public static KnownHosts Read(IEnumerable<string> paths)
    {
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            try
            {
                text.AppendLine(File.ReadAllText(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // As ssh does.
            }
        }
        return Parse(text.ToString());
    }

    public static KnownHosts Parse(string text)
    {
        var hosts = new KnownHosts();
        foreach (var raw in text.Split('\n'))
        {
            var words = raw.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            var isRevoked = words is [RevokedMark, ..];
            if (isRevoked)
                words = words[1..];
            if (words is [var names, var type, var key, ..] && names[0] is not ('#' or '@'))
                hosts._lines.Add(new Line(names.Split(','), type, key, isRevoked));
        }
        return hosts;
    }

    /// <summary>Kinds of keys ("ssh-ed25519", "ssh-rsa" …) that the host is known with.</summary>
    public IReadOnlyList<string> TypesOf(string host, int port) =>
        [.. Of(host, port).Where(line => !line.IsRevoked).Select(line => line.Type).Distinct()];

    /// <param name="key">The key as it goes over the wire: its kind, then what belongs to that kind.</param>
    public HostKeyVerdict Judge(string host, int port, ReadOnlySpan<byte> key)
    {
        var (type, text) = (TypeOf(key), Convert.ToBase64String(key));
        var lines = Of(host, port).ToList();
        if (lines.Any(line => line.IsRevoked && line.Key == text))
            return HostKeyVerdict.Revoked;
        if (lines.Any(line => !line.IsRevoked && line.Key == text))
            return HostKeyVerdict.Trusted;
        return lines.Any(line => !line.IsRevoked && line.Type == type) ? HostKeyVerdict.Changed : HostKeyVerdict.Unknown;
    }

    private static string TypeOf(ReadOnlySpan<byte> key)
    {
        if (key.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(key) is var length && (length < 0 || length > key.Length - 4))
            return "";
        return Encoding.ASCII.GetString(key.Slice(4, length));
    }

    private IEnumerable<Line> Of(string host, int port)
    {
        var name = port == StandardPort ? host.ToLowerInvariant() : $"[{host.ToLowerInvariant()}]:{port}";
        return _lines.Where(line => line.Fits(name));
    }

    private sealed record Line(string[] Names, string Type, string Key, bool IsRevoked)
    {
        public bool Fits(string host) =>
            !Names.Any(name => name.StartsWith('!') && IsLike(name.AsSpan(1), host))
            && Names.Any(name => name.StartsWith('|') ? IsHashOf(name, host) : !name.StartsWith('!') && IsLike(name, host));

        // |1|salt|HMAC-SHA1 of the name|
        private static bool IsHashOf(string name, string host)
        {
            if (name.Split('|') is not ["", "1", var salt, var hash])
                return false;
            try
            {
#pragma warning disable CA5350 // The format's own.
                return CryptographicOperations.FixedTimeEquals(
                    HMACSHA1.HashData(Convert.FromBase64String(salt), Encoding.UTF8.GetBytes(host)), Convert.FromBase64String(hash));
#pragma warning restore CA5350
            }
            catch (FormatException)
            {
                return false;
            }
        }

        // '*' stands for any signs, '?' for one.
        private static bool IsLike(ReadOnlySpan<char> pattern, ReadOnlySpan<char> host)
        {
            if (pattern.IsEmpty)
                return host.IsEmpty;
            if (pattern[0] == '*')
                return IsLike(pattern[1..], host) || (!host.IsEmpty && IsLike(pattern, host[1..]));
            return !host.IsEmpty && (pattern[0] == '?' || char.ToLowerInvariant(pattern[0]) == host[0]) && IsLike(pattern[1..], host[1..]);
        }
    }
}
