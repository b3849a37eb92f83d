using System.Security.Cryptography;
using System.Text;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// The UUID under which an upload lies in a storage outside Synapse. Synapse proposes a random one each time; this one is the same for the
/// same content, name and account, so that an upload which stopped is found again and goes on, and nobody without the account's token can
/// tell it beforehand and put something else in its place. Pure.
/// </summary>
internal static class UploadName
{
    /// <param name="secret">The account's token.</param>
    /// <param name="md5">The content's, in lower-case hex.</param>
    public static Guid Of(string secret, string md5, long length, string fileName)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{md5}/{length}/{fileName}"));
        // RFC 9562: version 8, for UUIDs made in one's own way.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
