using SynapseFs.Api;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Uploads;

/// <summary>Puts one part into the storage once.</summary>
internal sealed class PartSender(TransportParts parts, SynapseClientOptions options, UploadJob job)
{
    public async Task<PartSent> SendAsync(int part, PartPresignedUrl address, CancellationToken cancellationToken)
    {
        using var slot = await parts.StorageGovernor.EnterAsync(job.Priority, cancellationToken);
        using var stalled = new CancellationTokenSource(options.AttemptTimeout, parts.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stalled.Token);
        using var content = new PartContent(job.Source, job.Plan.OffsetOf(part), job.Plan.LengthOf(part),
            () => stalled.CancelAfter(options.AttemptTimeout));
        try
        {
            using var request = Request(address, content);
            using var response = await parts.Connections.SendToStorageAsync(request, stop.Token);
            if (response.IsSuccessStatusCode && content.Md5Hex is not null)
            {
                parts.Meter.Uploaded(job.Plan.LengthOf(part));
                return new PartSent(content.Md5Hex, null, (int)response.StatusCode, response.Headers.ETag?.ToString());
            }
            var code = await StorageErrors.ReadCodeAsync(response, stop.Token);
            return new PartSent(null, $"the storage answered {(int)response.StatusCode} ({code}).", (int)response.StatusCode, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PartSent(null, "nothing moved for too long.", null, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // What the source itself says comes wrapped.
            for (var cause = e.InnerException; cause is not null; cause = cause.InnerException)
                if (cause is SynapseException own)
                    throw own;
            return new PartSent(null, ErrorText.Of(e), null, null);
        }
    }

    private static HttpRequestMessage Request(PartPresignedUrl address, PartContent content)
    {
        if (!Uri.TryCreate(address.UploadPresignedUrl, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new SynapseException(SynapseFailure.NotSupported, "Synapse gave an address for the upload that is no web address.");
        var request = new HttpRequestMessage(HttpMethod.Put, uri) { Content = content };
        // These were signed, so they must be sent as they are.
        foreach (var (name, value) in address.SignedHeaders ?? new Dictionary<string, string>())
            if (!content.Headers.TryAddWithoutValidation(name, value))
                request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
