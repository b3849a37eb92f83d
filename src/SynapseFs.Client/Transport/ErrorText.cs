using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace SynapseFs.Client.Transport;

/// <summary>Turns what went wrong underneath into words that hold no secret.</summary>
internal static partial class ErrorText
{
    public static string Of(Exception? exception) => exception switch
    {
        null => "no answer.",
        BrokenCircuitException { InnerException: { } cause } => Of(cause),
        BrokenCircuitException => "it was out of reach a moment ago.",
        TimeoutRejectedException e => $"no answer within {e.Timeout.TotalSeconds:0.#} s.",
        OperationCanceledException { InnerException: TimeoutException } => "no connection within the time allowed.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host's name cannot be resolved.",
        HttpRequestException { InnerException: SocketException socket } => $"{Sentence(socket.Message)}",
        HttpRequestException { InnerException: AuthenticationException tls } => $"no trusted encryption: {Sentence(tls.Message)}",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection ended early.",
        HttpRequestException or IOException => "the connection broke.",
        TimeoutException => "nothing came for too long.",
        _ => $"{exception.GetType().Name}.",
    };

    /// <summary>A foreign text without what may be secret: queries of addresses, where signatures stand, and the token itself.</summary>
    public static string Clean(string text, string? token)
    {
        var cleaned = AddressQuery().Replace(text, "$1?…");
        return string.IsNullOrEmpty(token) ? cleaned : cleaned.Replace(token, "…", StringComparison.Ordinal);
    }

    private static string Sentence(string text) => Clean(text.TrimEnd('.'), null) + ".";

    [GeneratedRegex(@"(https?://[^\s?""'<>]+)\?[^\s""'<>]*", RegexOptions.IgnoreCase)]
    private static partial Regex AddressQuery();
}
