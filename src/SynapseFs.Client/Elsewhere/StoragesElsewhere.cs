using SynapseFs.Client.Configuration;

namespace SynapseFs.Client.Elsewhere;

/// <summary>The ways to storage outside Synapse, of one client.</summary>
internal sealed class StoragesElsewhere : IAsyncDisposable
{
    public StoragesElsewhere(StorageLogins logins, SynapseClientOptions options, TimeProvider time)
    {
        SftpHosts = new SftpHosts(logins, options, time);
        SftpFiles = new SftpReader(SftpHosts);
        Objects = new ObjectStores(logins, options, time);
    }

    public SftpHosts SftpHosts { get; }

    public SftpReader SftpFiles { get; }

    public ObjectStores Objects { get; }

    public async ValueTask DisposeAsync()
    {
        await SftpHosts.DisposeAsync();
        Objects.Dispose();
    }
}
