using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Uploads;

/// <summary>Sends the missing parts of one upload, several at a time, each until it is confirmed or given up.</summary>
internal sealed class PartUploads(ApiTransport transport, TransportParts parts, SynapseClientOptions options, UploadJob job,
    string uploadId)
{
    // Addresses live for 15 minutes; more at a time would only age.
    private const int AddressesAtOnce = 40;

    private readonly string _base = "/file/multipart/" + Uri.EscapeDataString(uploadId);
    private readonly PartSender _sender = new(parts, options, job);
    private long _stored;

    public async Task SendAsync(IReadOnlyList<int> missing, CancellationToken cancellationToken)
    {
        _stored = job.Plan.Length - missing.Sum(job.Plan.LengthOf);
        job.Progress?.Report(_stored);
        if (missing.Count < job.Plan.Count)
            Log.UploadResumed(parts.Log, job.FileName, job.Plan.Count - missing.Count, job.Plan.Count);
        foreach (var group in missing.Chunk(AddressesAtOnce))
        {
            var addresses = await GetAddressesAsync(group, cancellationToken);
            await Parallel.ForEachAsync(
                addresses, new ParallelOptions { MaxDegreeOfParallelism = options.UploadParts, CancellationToken = cancellationToken },
                async (address, token) => await SendPartAsync(address, token));
        }
    }

    private async Task SendPartAsync(PartPresignedUrl address, CancellationToken cancellationToken)
    {
        var part = (int)address.PartNumber!.Value;
        for (var attempt = 1; ; attempt++)
        {
            var sent = await _sender.SendAsync(part, address, cancellationToken);
            RequireKnownBytes(sent);
            var problem = sent.Problem ?? await ConfirmAsync(part, sent.Md5Hex!, cancellationToken);
            if (problem is null)
                break;
            if (attempt >= options.TransferAttempts)
                throw new SynapseException(sent.Problem is null ? SynapseFailure.Unexpected : SynapseFailure.Offline,
                    $"Part {part} of '{job.FileName}' cannot be uploaded: {problem}");
            Log.PartRepeated(parts.Log, part, job.FileName, problem);
            if (sent.AddressRefused)
                address = (await GetAddressesAsync([part], cancellationToken))[0];
            else
                await Task.Delay(TransferPause.After(attempt, options.Patience, Random.Shared.NextDouble()), parts.Time, cancellationToken);
        }
        job.Progress?.Report(Interlocked.Add(ref _stored, job.Plan.LengthOf(part)));
    }

    // Of one part the MD5 of all is at hand: one that was known beforehand is proved before anything refers to the bytes.
    private void RequireKnownBytes(PartSent sent)
    {
        if (job.Plan.Count == 1 && sent.Md5Hex is { } md5 && md5 != job.Request.ContentMD5Hex)
            throw new SynapseException(SynapseFailure.LocalFile,
                $"'{job.FileName}' is not what it was said to be: its MD5 is {md5} and not {job.Request.ContentMD5Hex}.");
    }

    // Null: confirmed. Otherwise why not: then the part has to be sent again, even if only the confirmation failed, because a
    // confirmation that worked and whose answer was lost has used the bytes up.
    private async Task<string?> ConfirmAsync(int part, string md5Hex, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{_base}/add/{part}?partMD5Hex={md5Hex}");
        var answer = await transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.File, "/file/multipart/{id}/add/{part}", path, job.Priority),
            ApiJson.Default.AddPartResponse, cancellationToken);
        return answer.AddPartState == "ADD_SUCCESS" ? null : ErrorText.Clean(answer.ErrorMessage ?? "it was not accepted.", null);
    }

    private async Task<IReadOnlyList<PartPresignedUrl>> GetAddressesAsync(int[] wanted, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Post, SynapseService.File, "/file/multipart/{id}/presigned/url/batch",
            _base + "/presigned/url/batch", job.Priority)
            .With(new BatchPresignedUploadUrlRequest { UploadId = uploadId, PartNumbers = [.. wanted.Select(part => (long)part)] },
                ApiJson.Default.BatchPresignedUploadUrlRequest);
        var addresses = (
            await transport.SendAsync(call, ApiJson.Default.BatchPresignedUploadUrlResponse, cancellationToken)).PartPresignedUrls;
        return addresses.Count == wanted.Length && addresses.All(address => address is { PartNumber: > 0, UploadPresignedUrl: not null })
            ? addresses
            : throw new SynapseException(SynapseFailure.Unexpected,
                $"Synapse gave {addresses.Count} addresses for {wanted.Length} parts of '{job.FileName}'.");
    }
}
