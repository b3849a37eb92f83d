using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>The formats of draft-07 that are checked; others are only words. Sentences of the everit library.</summary>
internal static partial class SchemaFormats
{
    /// <summary>Why the text is not of the format; null: it is, or nobody knows the format.</summary>
    public static string? Refusal(string format, string text)
    {
        var (isRight, what) = format switch
        {
            "date-time" => (
                DateTime().IsMatch(text) && IsDate(text),
                "date-time. Expected [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,9}Z]"),
            "date" => (Date().IsMatch(text) && IsDate(text), "date. Expected [yyyy-MM-dd]"),
            "time" => (Time().IsMatch(text), "time. Expected [HH:mm:ssZ, HH:mm:ss.[0-9]{1,9}Z]"),
            "email" => (Email().IsMatch(text), "email address"),
            "hostname" => (Uri.CheckHostName(text) != UriHostNameType.Unknown, "hostname"),
            "ipv4" => (IsAddress(text, AddressFamily.InterNetwork) && text.Count(c => c == '.') == 3, "ipv4 address"),
            "ipv6" => (IsAddress(text, AddressFamily.InterNetworkV6), "ipv6 address"),
            "uri" => (Scheme().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _), "URI"),
            "uri-reference" => (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _), "URI reference"),
            _ => (true, ""),
        };
        return isRight ? null : $"[{text}] is not a valid {what}";
    }

    private static bool IsDate(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool IsAddress(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == family;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d\z", RegexOptions.ECMAScript)]
    private static partial Regex Date();

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex Time();

    [GeneratedRegex(@"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
