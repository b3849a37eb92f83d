using SynapseFs.Client.Downloads;
using SynapseFs.Client.Transport;
using SynapseFs.Client.Uploads;

namespace SynapseFs.Client.Elsewhere;

/// <summary>
/// Puts contents into SFTP servers: written to NAME.part, renamed once all of it is there. After a break, in this process or an earlier
/// one, it goes on at what is surely there.
/// </summary>
internal sealed class SftpUploader(SftpHosts hosts, TransportParts parts, SynapseClientOptions options)
{
    public const string PartSuffix = ".part";

    /// <param name="directory">Where it goes; made if it is not there.</param>
    /// <returns>The file's address.</returns>
    /// <exception cref="SynapseException">StorageRefused, StorageDown, LocalFile.</exception>
    public async Task<Uri> UploadAsync(UploadJob job, Uri directory, CancellationToken cancellationToken)
    {
        var address = SftpPath.Join(directory, job.FileName);
        var state = new SftpUploadState();
        for (var failures = 0; ;)
        {
            var before = state.Stored;
            try
            {
                await RunAsync(job, directory, SftpPath.Of(address), state, cancellationToken);
                return address;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && RetryRule.Judge(e) is not Trouble.None)
            {
                failures = state.Stored > before ? 1 : failures + 1;
                if (failures >= options.TransferAttempts)
                    throw new SynapseException(
                        SynapseFailure.StorageDown,
                        $"'{job.FileName}' cannot be sent to the SFTP server {directory.Authority}: {e.Message}. It is tried again by and by.",
                        inner: e);
                Log.SftpUploadRepeated(parts.Log, job.FileName, state.Stored, e.Message);
                await Task.Delay(TransferPause.After(failures, options.Patience, Random.Shared.NextDouble()), parts.Time, cancellationToken);
            }
        }
    }

    private async Task RunAsync(UploadJob job, Uri directory, string path, SftpUploadState state, CancellationToken cancellationToken)
    {
        using var use = await hosts.EnterAsync(directory, cancellationToken);
        if (await LengthAsync(use, path, cancellationToken) == job.Plan.Length)
        {
            job.Progress?.Report(job.Plan.Length);
            return;
        }
        var partial = path + PartSuffix;
        var there = await LengthAsync(use, partial, cancellationToken);
        if (there is null)
            await MakeDirectoriesAsync(use, path, cancellationToken);
        var writer = new SftpWriter(use, parts, options, job, partial);
        await writer.WriteAsync(there is null || there > job.Plan.Length ? 0 : there.Value, state, cancellationToken);
        job.Source.CheckUnchanged();
        if (await LengthAsync(use, partial, cancellationToken) != job.Plan.Length)
            throw new IOException("the file became another length there than was sent");
        await use.AskAsync(
            async client =>
            {
                await client.RenameFileAsync(partial, path, cancellationToken);
                return true;
            },
            path);
    }

    private static async Task<long?> LengthAsync(SftpUse use, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await use.AskAsync(client => client.GetAttributesAsync(path, cancellationToken), path)).Size;
        }
        catch (SynapseException e) when (e.Failure == SynapseFailure.NotFound)
        {
            return null;
        }
    }

    private static async Task MakeDirectoriesAsync(SftpUse use, string path, CancellationToken cancellationToken)
    {
        var missing = new Stack<string>();
        foreach (var directory in SftpPath.DirectoriesOf(path).Reverse())
        {
            if (await use.AskAsync(client => client.ExistsAsync(directory, cancellationToken), directory))
                break;
            missing.Push(directory);
        }
        foreach (var directory in missing)
        {
            await use.AskAsync(
                async client =>
                {
                    try
                    {
                        await client.CreateDirectoryAsync(directory, cancellationToken);
                    }
                    catch (Renci.SshNet.Common.SshException) when (client.IsConnected)
                    {
                        // Another upload may have made it in between.
                        if (!await client.ExistsAsync(directory, cancellationToken))
                            throw;
                    }
                    return true;
                },
                directory);
        }
    }
}

/// <summary>How far an upload has come, over all its tries.</summary>
internal sealed class SftpUploadState
{
    /// <summary>Bytes that are surely there.</summary>
    public long Stored { get; set; }
}
