using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SynapseFs.Server.Signing;

/// <summary>What a pre-signed URL's query says to the storage side.</summary>
internal enum UrlVerdict
{
    Good,
    Expired,
    Tampered,
}

/// <summary>
/// Pre-signed URLs in the manner of S3: method, path and query are signed, the host is not, so that a URL works through a relay.
/// </summary>
internal sealed class UrlSignature(byte[] key, TimeProvider time)
{
    private const string SignatureName = "X-Amz-Signature";
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The URL for one method on one path; <paramref name="isExpired"/> makes one whose time is already over.</summary>
    public string Sign(
        string method, string origin, string path, IReadOnlyList<KeyValuePair<string, string>> parameters, TimeSpan lifetime,
        bool isExpired)
    {
        var seconds = (long)Math.Ceiling(lifetime.TotalSeconds);
        var date = time.GetUtcNow() - (isExpired ? lifetime + TimeSpan.FromMinutes(1) : TimeSpan.Zero);
        var stamp = date.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> all =
        [
            .. parameters,
            new("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            new("X-Amz-Credential", $"SYNAPSEFS/{stamp[..8]}/us-east-1/s3/aws4_request"),
            new("X-Amz-Date", stamp),
            new("X-Amz-Expires", seconds.ToString(CultureInfo.InvariantCulture)),
            new("X-Amz-SignedHeaders", "host"),
        ];
        var query = Canonical(all);
        return $"{origin}{path}?{query}&{SignatureName}={Compute(method, Uri.UnescapeDataString(path), query)}";
    }

    public UrlVerdict Check(HttpRequest request)
    {
        var parameters = request.Query
            .Where(pair => pair.Key != SignatureName)
            .Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value.ToString()));
        var expected = Compute(request.Method, request.Path.Value ?? "", Canonical(parameters));
        var given = request.Query[SignatureName].ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given)))
        {
            return UrlVerdict.Tampered;
        }

        var date = DateTimeOffset.ParseExact(
            request.Query["X-Amz-Date"].ToString(), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var seconds = long.Parse(request.Query["X-Amz-Expires"].ToString(), CultureInfo.InvariantCulture);
        return time.GetUtcNow() < date.AddSeconds(seconds) ? UrlVerdict.Good : UrlVerdict.Expired;
    }

    private static string Canonical(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join(
        '&',
        parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    private string Compute(string method, string path, string query) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{method}\n{path}\n{query}")));
}
