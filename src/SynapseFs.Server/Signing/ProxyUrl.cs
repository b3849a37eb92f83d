using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SynapseFs.Api;

namespace SynapseFs.Server.Signing;

/// <summary>
/// The URL of a file behind somebody's proxy, signed with the secret that proxy and Synapse share. Source: ProxyUrlSignerUtils.
/// </summary>
internal static class ProxyUrl
{
    public static string Of(FileHandle handle, StorageLocationSetting proxy, DateTimeOffset expires)
    {
        var url = new Uri(
            $"{proxy.ProxyUrl!.Trim().TrimEnd('/')}/{proxy.UploadType!.ToLowerInvariant()}/{handle.FilePath!.Trim().TrimStart('/')}");
        List<(string Name, string Value)> parameters =
        [
            ("fileName", handle.FileName ?? ""),
            ("contentType", handle.ContentType ?? ""),
            ("contentMD5", handle.ContentMd5 ?? ""),
            ("contentSize", (handle.ContentSize ?? 0).ToString(CultureInfo.InvariantCulture)),
            ("expiration", expires.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
        ];
        var sorted = string.Join('&', parameters.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => $"{one.Name}={one.Value}"));
#pragma warning disable CA5350 // What the proxies check is HMAC-SHA1.
        var signature = Convert.ToHexStringLower(HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(proxy.SecretKey!), Encoding.UTF8.GetBytes($"GET {url.Host} {url.AbsolutePath}?{sorted}")));
#pragma warning restore CA5350
        parameters.Add(("hmacSignature", signature));
        var query = string.Join('&', parameters.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));
        return $"{url.GetLeftPart(UriPartial.Path)}?{query}";
    }
}
