using Renci.SshNet;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Elsewhere;

/// <summary>One signed-in connection, used by several transfers at once. Fields are guarded by the lock of <see cref="SftpHosts"/>.</summary>
internal sealed class SftpConnection(SftpClient client, SftpHost host)
{
    public SftpClient Client => client;

    public SftpHost Host => host;

    /// <summary>Transfers that use it now.</summary>
    public int Uses { get; set; }

    /// <summary>When the last one ended.</summary>
    public long IdleSince { get; set; }

    /// <summary>Something went wrong on it: nobody new gets it.</summary>
    public bool IsSuspect { get; set; }

    public bool IsGood => !IsSuspect && client.IsConnected;
}

/// <summary>One transfer's share of a connection.</summary>
internal sealed class SftpUse(SftpHosts hosts, SftpConnection connection) : IDisposable
{
    private int _isDisposed;

    public SftpClient Client => connection.Client;

    public SftpHost Host => connection.Host;

    /// <summary>Carries out one request, its failure translated.</summary>
    public async Task<T> AskAsync<T>(Func<SftpClient, Task<T>> request, string path)
    {
        try
        {
            return await request(connection.Client);
        }
        catch (Exception failure)
        {
            var translated = SftpErrors.Translate(failure, Host.Name, path);
            if (RetryRule.Judge(translated) is not Trouble.None)
                hosts.Suspect(connection);
            if (translated == failure)
                throw;
            throw translated;
        }
    }

    /// <summary>Gives the share back once the file is closed at the server, which takes a round trip; nobody waits for it.</summary>
    public void DisposeAfter(IAsyncDisposable file) => hosts.Closing(CloseAsync(file));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            hosts.Leave(connection);
    }

    private async Task CloseAsync(IAsyncDisposable file)
    {
        using (this)
        {
            try
            {
                await file.DisposeAsync();
            }
            catch (Exception e) when (SftpErrors.Translate(e, Host.Name, "") is IOException or SynapseException)
            {
                // What was read is read; the server forgets the file with the connection.
                hosts.Suspect(connection);
            }
        }
    }
}
