using System.Text;
using System.Text.RegularExpressions;

namespace SynapseFs.Client.Downloads;

/// <summary>
/// Reads the XML of a storage's refusal. Only its code is used: the rest repeats keys, signatures and the string that was signed.
/// </summary>
internal static partial class StorageErrors
{
    private const int Enough = 4096;

    public static async Task<string> ReadCodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var bytes = new byte[Enough];
            var length = await body.ReadAtLeastAsync(bytes, Enough, throwOnEndOfStream: false, cancellationToken);
            var match = Code().Match(Encoding.UTF8.GetString(bytes, 0, length));
            return match.Success ? match.Groups[1].Value : "no code given";
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return "no code given";
        }
    }

    [GeneratedRegex("<Code>([A-Za-z0-9]{1,64})</Code>")]
    private static partial Regex Code();
}
