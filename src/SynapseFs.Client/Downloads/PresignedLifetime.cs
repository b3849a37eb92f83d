using System.Globalization;

namespace SynapseFs.Client.Downloads;

/// <summary>
/// How long a pre-signed address is good for. S3, CloudFront (as Synapse signs it) and Google name the moment of signing and the
/// seconds in the query; the signer's clock is compared with the service's own, never with ours, which may be wrong.
/// </summary>
internal static class PresignedLifetime
{
    /// <summary>Synapse's constant for addresses that do not tell.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <param name="serverTime">The Date of the answer that brought the address, if it had one.</param>
    /// <returns>Counted from the moment the address was received.</returns>
    public static TimeSpan Of(Uri address, DateTimeOffset? serverTime)
    {
        if (Value(address.Query, "Expires") is not { } expires
            || !int.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return Default;
        var lifetime = TimeSpan.FromSeconds(seconds);
        if (serverTime is not { } now || Value(address.Query, "Date") is not { } signed
            || !DateTimeOffset.TryParseExact(signed, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var signedOn))
            return lifetime;
        var left = signedOn + lifetime - now;
        // Both clocks tell whole seconds, so a fresh address may look a second old. One that looks dead was signed by another clock.
        return left <= TimeSpan.Zero || left > lifetime ? lifetime : left;
    }

    private static string? Value(string query, string name)
    {
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && (Is(pair.AsSpan(0, equals), "X-Amz-", name) || Is(pair.AsSpan(0, equals), "X-Goog-", name)))
                return Uri.UnescapeDataString(pair[(equals + 1)..]);
        }
        return null;
    }

    private static bool Is(ReadOnlySpan<char> key, string prefix, string name) =>
        key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && key[prefix.Length..].Equals(name, StringComparison.OrdinalIgnoreCase);
}
