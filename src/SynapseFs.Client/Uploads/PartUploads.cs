using SynapseFs.Api;
using SynapseFs.Client.Downloads;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Uploads;

/// <summary>Sends the missing parts of one upload, several at a time, each until it is confirmed or given up.</summary>
internal sealed class PartUploads(PartTarget target, TransportParts parts, SynapseClientOptions options, UploadJob job)
{
    // Addresses live for 15 minutes; more at a time would only age.
    private const int AddressesAtOnce = 40;

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
            var addresses = await target.GetAddressesAsync(group, cancellationToken);
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
            var problem = sent.Problem ?? await target.ConfirmAsync(part, sent, cancellationToken);
            if (problem is null)
                break;
            if (attempt >= options.TransferAttempts)
                throw target.GaveUp(part, sent, problem);
            Log.PartRepeated(parts.Log, part, job.FileName, problem);
            if (sent.AddressRefused)
                address = (await target.GetAddressesAsync([part], cancellationToken))[0];
            else
                await Task.Delay(TransferPause.After(attempt, options.Patience, Random.Shared.NextDouble()), parts.Time, cancellationToken);
        }
        job.Progress?.Report(Interlocked.Add(ref _stored, job.Plan.LengthOf(part)));
    }

    // Of one part the MD5 of all is at hand: one that was known beforehand is proved before anything refers to the bytes.
    private void RequireKnownBytes(PartSent sent)
    {
        if (job.Plan.Count == 1 && sent.Md5Hex is { } md5 && md5 != job.Md5)
            throw new SynapseException(SynapseFailure.LocalFile,
                $"'{job.FileName}' is not what it was said to be: its MD5 is {md5} and not {job.Md5}.");
    }
}
