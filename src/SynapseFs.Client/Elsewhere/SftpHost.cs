using SynapseFs.Client.Configuration;

namespace SynapseFs.Client.Elsewhere;

/// <summary>An SFTP server and as whom it is used.</summary>
internal sealed record SftpHost(string Address, int Port, SftpLogin Login)
{
    /// <summary>For people.</summary>
    public string Name => Port == 22 ? Address : $"{Address}:{Port}";
}
