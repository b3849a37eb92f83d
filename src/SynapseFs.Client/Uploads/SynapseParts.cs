using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Uploads;

/// <summary>Parts that Synapse takes together.</summary>
internal sealed class SynapseParts(ApiTransport transport, UploadJob job, string uploadId) : PartTarget
{
    private readonly string _base = "/file/multipart/" + Uri.EscapeDataString(uploadId);

    public override async Task<IReadOnlyList<PartPresignedUrl>> GetAddressesAsync(int[] parts, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Post, SynapseService.File, "/file/multipart/{id}/presigned/url/batch",
            _base + "/presigned/url/batch", job.Priority)
            .With(new BatchPresignedUploadUrlRequest { UploadId = uploadId, PartNumbers = [.. parts.Select(part => (long)part)] },
                ApiJson.Default.BatchPresignedUploadUrlRequest);
        var addresses = (
            await transport.SendAsync(call, ApiJson.Default.BatchPresignedUploadUrlResponse, cancellationToken)).PartPresignedUrls;
        return addresses.Count == parts.Length && addresses.All(address => address is { PartNumber: > 0, UploadPresignedUrl: not null })
            ? addresses
            : throw new SynapseException(SynapseFailure.Unexpected,
                $"Synapse gave {addresses.Count} addresses for {parts.Length} parts of '{job.FileName}'.");
    }

    // A confirmation that worked and whose answer was lost has used the bytes up: the part has to be sent again then, too.
    public override async Task<string?> ConfirmAsync(int part, PartSent sent, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{_base}/add/{part}?partMD5Hex={sent.Md5Hex}");
        var answer = await transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.File, "/file/multipart/{id}/add/{part}", path, job.Priority),
            ApiJson.Default.AddPartResponse, cancellationToken);
        return answer.AddPartState == "ADD_SUCCESS" ? null : ErrorText.Clean(answer.ErrorMessage ?? "it was not accepted.", null);
    }

    public override SynapseException GaveUp(int part, PartSent sent, string problem) => new(
        sent.Problem is null ? SynapseFailure.Unexpected : SynapseFailure.Offline,
        $"Part {part} of '{job.FileName}' cannot be uploaded: {problem}");
}
