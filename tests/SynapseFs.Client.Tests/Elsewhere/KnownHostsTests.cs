using System.Security.Cryptography;
using System.Text;
using SynapseFs.Client.Elsewhere;

namespace SynapseFs.Client.Tests.Elsewhere;

internal sealed class KnownHostsTests
{
    private static readonly byte[] Key = KeyOf("ssh-ed25519", 1);
    private static readonly byte[] Other = KeyOf("ssh-ed25519", 2);
    private static readonly byte[] Rsa = KeyOf("ssh-rsa", 3);

    [TestCase("files.example.org", "files.example.org", 22, HostKeyVerdict.Trusted)]
    [TestCase("FILES.example.org", "Files.Example.org", 22, HostKeyVerdict.Trusted)]
    [TestCase("files.example.org", "files.example.org", 2222, HostKeyVerdict.Unknown)]
    [TestCase("[files.example.org]:2222", "files.example.org", 2222, HostKeyVerdict.Trusted)]
    [TestCase("[files.example.org]:2222", "files.example.org", 22, HostKeyVerdict.Unknown)]
    [TestCase("a,files.example.org", "files.example.org", 22, HostKeyVerdict.Trusted)]
    [TestCase("*.example.org", "files.example.org", 22, HostKeyVerdict.Trusted)]
    [TestCase("file?.example.org", "files.example.org", 22, HostKeyVerdict.Trusted)]
    [TestCase("*.example.org,!files.example.org", "files.example.org", 22, HostKeyVerdict.Unknown)]
    [TestCase("files.example.or", "files.example.org", 22, HostKeyVerdict.Unknown)]
    public void A_line_is_for_the_hosts_that_it_names(string names, string host, int port, HostKeyVerdict expected) =>
        Assert.That(KnownHosts.Parse(Line(names, Key)).Judge(host, port, Key), Is.EqualTo(expected));

    [Test]
    public void Another_key_of_a_known_kind_is_a_changed_one_and_of_another_kind_an_unknown_one()
    {
        var known = KnownHosts.Parse(Line("host", Key));

        Assert.That(known.Judge("host", 22, Other), Is.EqualTo(HostKeyVerdict.Changed));
        Assert.That(known.Judge("host", 22, Rsa), Is.EqualTo(HostKeyVerdict.Unknown));
        Assert.That(known.TypesOf("host", 22), Is.EqualTo(new[] { "ssh-ed25519" }));
    }

    [Test]
    public void One_of_several_keys_is_enough()
    {
        var known = KnownHosts.Parse(Line("host", Key) + Line("host", Other) + Line("host", Rsa));

        Assert.That(new[] { Key, Other, Rsa }.Select(key => known.Judge("host", 22, key)), Is.All.EqualTo(HostKeyVerdict.Trusted));
    }

    [Test]
    public void A_revoked_key_is_never_trusted() => Assert.That(
        KnownHosts.Parse(Line("host", Key) + "@revoked " + Line("*", Key)).Judge("host", 22, Key), Is.EqualTo(HostKeyVerdict.Revoked));

    [Test]
    public void Names_may_be_hashed()
    {
        var salt = Encoding.ASCII.GetBytes("twenty bytes of salt");
#pragma warning disable CA5350 // the format's own
        var hash = HMACSHA1.HashData(salt, Encoding.ASCII.GetBytes("[host]:2222"));
#pragma warning restore CA5350
        var known = KnownHosts.Parse(Line($"|1|{Convert.ToBase64String(salt)}|{Convert.ToBase64String(hash)}", Key));

        Assert.That(known.Judge("host", 2222, Key), Is.EqualTo(HostKeyVerdict.Trusted));
        Assert.That(known.Judge("host", 22, Key), Is.EqualTo(HostKeyVerdict.Unknown));
    }

    [TestCase("# host ssh-ed25519 AAAA")]
    [TestCase("@cert-authority host ssh-ed25519 AAAA")]
    [TestCase("host")]
    [TestCase("|1|no base64|no base64 ssh-ed25519 AAAA")]
    [TestCase("")]
    public void What_is_no_hosts_line_vouches_for_nobody(string line) =>
        Assert.That(KnownHosts.Parse(line).Judge("host", 22, Key), Is.EqualTo(HostKeyVerdict.Unknown));

    [Test]
    public void A_key_that_is_none_is_not_trusted()
    {
        var known = KnownHosts.Parse(Line("host", Key));

        Assert.That(known.Judge("host", 22, []), Is.EqualTo(HostKeyVerdict.Unknown));
        Assert.That(known.Judge("host", 22, [0, 0, 255, 255, 1]), Is.EqualTo(HostKeyVerdict.Unknown));
    }

    private static byte[] KeyOf(string type, byte content) => [0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type), 0, 0, 0, 1, content];

    private static string Line(string names, byte[] key) =>
        $"{names} {Encoding.ASCII.GetString(key, 4, key[3])} {Convert.ToBase64String(key)} a comment\r\n";
}
