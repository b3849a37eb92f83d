using System.Net.Http.Headers;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>Asks web servers that hold contents; follows their redirections, never from https to http.</summary>
internal sealed class WebStorage(Connections connections)
{
    private const int LongestRedirection = 5;

    /// <param name="position">The first byte wanted.</param>
    /// <param name="end">Behind the last one; null: to the end.</param>
    public Task<HttpResponseMessage> GetAsync(Uri address, long position, long? end, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Get, address, position > 0 || end is not null ? new RangeHeaderValue(position, end - 1) : null, cancellationToken);

    public Task<HttpResponseMessage> HeadAsync(Uri address, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Head, address, null, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            using var request = new HttpRequestMessage(method, address);
            request.Headers.Range = range;
            var response = await connections.SendToStorageAsync(request, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return response;
            var next = response.Headers.Location is { } location ? new Uri(address, location) : null;
            response.Dispose();
            if (next is null || hop == LongestRedirection || next.Scheme is not ("http" or "https")
                || (address.Scheme == "https" && next.Scheme == "http"))
                throw new SynapseException(SynapseFailure.Unexpected,
                    $"The server {address.Host} redirects the download in a way that is not followed.");
            address = next;
        }
    }
}
