using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SynapseFs.Server.Rules;

/// <summary>Signatures of clients that hold an API key instead of a token (up to 3.x). Source: AuthenticationFilter, HMACUtils.</summary>
internal static class CallSignature
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(31);

    /// <summary>Synapse counts whole minutes: only when 32 of them lie between is a call out of date.</summary>
    public static bool IsTimely(string stamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then)
        && (now - then).Duration() < Window + TimeSpan.FromMinutes(1);

    /// <summary>Base64 of the HMAC-SHA1, with the key in base64 as the client holds it.</summary>
    public static bool Fits(string signature, string key, string text)
    {
#pragma warning disable CA5350 // The protocol names SHA-1.
        var expected = Convert.ToBase64String(HMACSHA1.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }
}
