using SynapseFs.Client.Downloads;

namespace SynapseFs.Client.Elsewhere;

/// <summary>Opens files at SFTP servers at any position.</summary>
internal sealed class SftpReader(SftpHosts hosts)
{
    /// <exception cref="SynapseException">NotFound, StorageRefused.</exception>
    /// <exception cref="IOException">Trouble that may pass.</exception>
    public async Task<long?> FindLengthAsync(Uri address, CancellationToken cancellationToken)
    {
        var path = SftpPath.Of(address);
        using var use = await hosts.EnterAsync(address, cancellationToken);
        return (await use.AskAsync(client => client.GetAttributesAsync(path, cancellationToken), path)).Size;
    }

    /// <summary>The file's bytes from a position on, and its length; null: it ends at or before that.</summary>
    /// <exception cref="SynapseException">NotFound, StorageRefused.</exception>
    /// <exception cref="IOException">Trouble that may pass.</exception>
    public async ValueTask<SftpOpened?> OpenAsync(Uri address, long position, CancellationToken cancellationToken)
    {
        var path = SftpPath.Of(address);
        var use = await hosts.EnterAsync(address, cancellationToken);
        try
        {
            var length = (await use.AskAsync(client => client.GetAttributesAsync(path, cancellationToken), path)).Size;
            if (position >= length && position > 0)
            {
                use.Dispose();
                return null;
            }
            var file = await use.AskAsync(client => client.OpenAsync(path, FileMode.Open, FileAccess.Read, cancellationToken), path);
            file.Seek(position, SeekOrigin.Begin);
            return new SftpOpened(new SftpBody(file, use, path), new RangeAnswer(0, length));
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }
}

/// <param name="Body">Dispose it.</param>
internal sealed record SftpOpened(Stream Body, RangeAnswer Range);
