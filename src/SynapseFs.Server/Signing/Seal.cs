using System.Security.Cryptography;
using System.Text;

namespace SynapseFs.Server.Signing;

/// <summary>Marks texts that this server wrote, so that it knows them again when they come back.</summary>
internal sealed class Seal(byte[] key)
{
    public string Of(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("seal\n" + text)));

    public bool Fits(string text, string? seal) => seal is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Of(text)), Encoding.UTF8.GetBytes(seal));
}
